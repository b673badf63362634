import fc from 'fast-check';
import type { FieldFault } from '../problem/problem.js';
import { cleanText, cleanUntrusted, escapePointer, textFault } from './clean-text.js';

const anyText = fc.string({ unit: 'binary' });

describe('cleanText', () => {
  it('keeps tab and newline, and removes every other control character', () => {
    expect(cleanText('a\tb\nc\r\nd\u0007e\u007ff\u0085g\u009bh')).toBe('a\tb\nc\ndefgh');
  });

  it('gives equal text equal bytes', () => {
    expect(cleanText('Zoe\u0308')).toBe(cleanText('Zo\u00eb'));
  });

  it('composes what a removed control character stood between', () => {
    expect(cleanText('e\u0001\u0301')).toBe('\u00e9');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });

  it('leaves no control character but tab and newline, and NUL to its own rule', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanText(text).replace(/[\t\n\0]/g, '')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('textFault', () => {
  it.each([
    ['a\0b', 'no-nul'],
    ['a\ud800', 'well-formed'],
    ['\udc00a', 'well-formed'],
  ])('refuses %j by the rule %s', (text, rule) => {
    expect(textFault(text, '/body')).toMatchObject({ pointer: '/body', rule });
  });

  it('takes an emoji of two code units', () => {
    expect(textFault('\u{1f600}', '/body')).toBeNull();
  });
});

describe('cleanUntrusted', () => {
  const clean = (value: unknown): { value: unknown; faults: FieldFault[] } => {
    const faults: FieldFault[] = [];
    return { value: cleanUntrusted(value, faults), faults };
  };

  it('cleans every string, however deep', () => {
    expect(clean({ a: ['x\u0001', { b: 'y\r\n' }], c: 1, d: null, e: true }).value).toEqual({
      a: ['x', { b: 'y\n' }],
      c: 1,
      d: null,
      e: true,
    });
  });

  it('points at each text it cannot take (RFC 6901)', () => {
    const { faults } = clean({ author: { name: '\0' }, ids: ['ok', '\ud800'], 'a/b~c': '\0' });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/author/name', '/ids/1', '/a~1b~0c']);
  });

  it('gives up a body of 100,000 brackets with a fault and not with a broken stack', () => {
    let nested: unknown = [];
    for (let i = 0; i < 100_000; i++) nested = [nested];
    expect(clean(nested).faults).toMatchObject([{ rule: 'depth' }]);
  });

  it('keeps a member called __proto__ from becoming the prototype', () => {
    const { value } = clean(JSON.parse('{"__proto__": {"isOperator": true}}'));
    expect((value as Record<string, unknown>).isOperator).toBeUndefined();
  });
});

describe('escapePointer', () => {
  it('writes ~ before / so that both can be read back', () => {
    expect(escapePointer('~1/')).toBe('~01~1');
  });
});
