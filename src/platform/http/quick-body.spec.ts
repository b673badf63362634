import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Matches, ValidateIf, ValidateNested, validateSync } from 'class-validator';
import fc from 'fast-check';
import { readQuickly } from './quick-body.js';
import { CodePoints, NotBlank } from './text-rules.js';

class Inner {
  @CodePoints(1, 3)
  @NotBlank()
  name!: string;

  @IsOptional()
  @Matches(/^[a-z]*$/)
  word?: string;
}

class Outer {
  @IsObject()
  @ValidateNested()
  @Type(() => Inner)
  inner!: Inner;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Inner)
  other?: Inner;

  @ValidateIf(({ inner: given }: { inner?: { name?: unknown } }) => given?.name === 'abc')
  @IsInt()
  count?: number;
}

class Loose {
  @ValidateNested()
  @Type(() => Inner)
  inner!: Inner;
}

class WithList {
  @CodePoints(1, 3, { each: true })
  words!: string[];
}

const odd = fc.constantFrom<unknown>(undefined, null, '', 'abc', 'abcd', '\u00a0', 'A', 0, 1.5, [], {}, ['abc'], true);
/** Mostly right, or hardly a whole body would be. */
const mostly = (right: unknown): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: odd });
const inner = fc.oneof(
  { weight: 1, arbitrary: odd },
  {
    weight: 9,
    arbitrary: fc.record({ name: mostly('abc'), word: mostly('abc'), more: mostly(undefined) }, { requiredKeys: [] }),
  },
);
const body = fc.record({ inner, other: inner, count: mostly(3), more: mostly(undefined) }, { requiredKeys: [] });

/** A body out of JSON has no member that is undefined. */
const ofJson = (value: object): object => JSON.parse(JSON.stringify(value)) as object;

describe('readQuickly', () => {
  it('takes what class-validator takes and reads it alike, and never what it refuses', () => {
    let taken = 0;
    fc.assert(
      fc.property(body, (drawn) => {
        const clean = ofJson(drawn);
        const expected = plainToInstance(Outer, clean);
        const isRight = validateSync(expected, { whitelist: true, forbidNonWhitelisted: true }).length === 0;
        const quick = readQuickly(Outer, clean);
        if (isRight) taken++;
        expect(quick).toEqual(isRight ? expected : null);
      }),
      { numRuns: 5_000 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it('gives instances, nested ones too', () => {
    const read = readQuickly(Outer, { inner: { name: 'ab' } });
    expect(read).toBeInstanceOf(Outer);
    expect(read?.inner).toBeInstanceOf(Inner);
  });

  it.each([{ words: ['abc'] }, { words: 'abc' }, {}])(
    'leaves a class with rules it does not know to others',
    (clean) => {
      expect(readQuickly(WithList, clean)).toBeNull();
    },
  );

  it('leaves a list of nested objects to others', () => {
    expect(readQuickly(Loose, { inner: [{ name: 'ab' }] })).toBeNull();
    expect(readQuickly(Loose, { inner: { name: 'ab' } })).not.toBeNull();
  });

  it('leaves a class without rules to others', () => {
    expect(readQuickly(Date, {})).toBeNull();
  });
});
