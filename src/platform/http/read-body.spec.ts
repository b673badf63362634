import 'reflect-metadata';
import fc from 'fast-check';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { Problem, type FieldFault } from '../problem/problem.js';
import { ListOf } from './list-of.decorator.js';
import { readBody, type BodyRules } from './read-body.js';
import { CodePoints } from './text-rules.js';

class Inner {
  @CodePoints(1, 3)
  name!: string;
}

class Outer {
  @IsObject()
  @ValidateNested()
  @Type(() => Inner)
  inner!: Inner;

  @IsOptional()
  @IsInt()
  count?: number;
}

class Listing {
  @IsArray()
  @ListOf(Inner)
  inners!: Inner[];
}

function refusal(raw: unknown, rules?: BodyRules): Problem {
  try {
    readBody(Outer, raw, rules);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('The body was taken.');
}

const faults = (raw: unknown): readonly FieldFault[] => refusal(raw).extras.errors ?? [];

describe('readBody', () => {
  it('gives instances of the classes, nested ones too', () => {
    const body = readBody(Outer, { inner: { name: 'abc' }, count: 1 });
    expect(body).toBeInstanceOf(Outer);
    expect(body.inner).toBeInstanceOf(Inner);
  });

  it('names every fault with its pointer', () => {
    expect(faults({ inner: { name: '' }, count: 'x', 'odd/one': 1 })).toMatchObject([
      { pointer: '/odd~1one', rule: 'unknown-member' },
      { pointer: '/inner/name', rule: 'length' },
      { pointer: '/count', rule: 'isInt' },
    ]);
  });

  it.each([[[[]]], [[[{ name: 'a' }]]], [['text']], [[null]]])(
    'refuses %j where a list of objects stands',
    (inners) => {
      expect(() => readBody(Listing, { inners })).toThrow(Problem);
      expect(readBody(Listing, { inners: [{ name: 'a' }] }).inners[0]).toBeInstanceOf(Inner);
    },
  );

  it('refuses an unknown member of a nested object', () => {
    expect(faults({ inner: { name: 'a', isOperator: true } })).toMatchObject([
      { pointer: '/inner/isOperator', rule: 'unknown-member', detail: 'Leave this member out; known here: name.' },
    ]);
  });

  it('drops unknown members where it is told to ignore them', () => {
    expect(readBody(Outer, { inner: { name: 'a' }, submit: 'Send' }, { ignoreUnknown: true })).not.toHaveProperty(
      'submit',
    );
  });

  it('says 400 without a body, and 422 for a body that is no object', () => {
    expect(refusal(undefined).code).toBe('malformed-body');
    for (const raw of [null, 1, 'text', [], [{}]]) expect(refusal(raw).code).toBe('invalid-body');
  });

  it('measures a text after it was cleaned', () => {
    expect(readBody(Outer, { inner: { name: 'a\u0001b\u0002c\u0003' } }).inner.name).toBe('abc');
  });

  it.each(['hasOwnProperty', 'toString', 'constructor', 'then', 'valueOf', '__proto__'])(
    'is not upset by a member called %s',
    (member) => {
      const raw: unknown = JSON.parse(`{"inner": {"name": "a", "${member}": 1}, "${member}": {"name": "a"}}`);
      expect(refusal(raw).code).toBe('invalid-body');
    },
  );

  it('either takes a body or refuses it with a Problem, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.record({ inner: fc.jsonValue(), count: fc.jsonValue() })), (made) => {
        const raw: unknown = typeof made === 'string' ? JSON.parse(made) : made;
        try {
          readBody(Outer, raw);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 300 },
    );
  });
});
