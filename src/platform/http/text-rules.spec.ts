import fc from 'fast-check';
import { validateSync } from 'class-validator';
import { CodePoints, codePointLength, NotBlank } from './text-rules.js';

class Named {
  @CodePoints(1, 5)
  @NotBlank()
  name: unknown;
}

function rulesBrokenBy(name: unknown): string[] {
  const named = new Named();
  named.name = name;
  return validateSync(named).flatMap(({ constraints = {} }) => Object.keys(constraints));
}

describe('codePointLength', () => {
  it('counts as a person does: an emoji outside the BMP is one', () => {
    expect(codePointLength('a\u{1f600}b')).toBe(3);
  });

  it('agrees with the language for every well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(codePointLength(text)).toBe(Array.from(text).length);
      }),
    );
  });
});

describe('CodePoints', () => {
  it.each(['a', '\u{1f600}'.repeat(5)])('takes %j within 1 to 5', (name) => {
    expect(rulesBrokenBy(name)).toEqual([]);
  });

  it.each(['', '\u{1f600}'.repeat(6), 5, null, ['a'], { length: 3 }])('refuses %j', (name) => {
    expect(rulesBrokenBy(name)).toContain('length');
  });
});

describe('NotBlank', () => {
  it.each(['a', '!', '字', 'ا', '\u{1f600}', ' a '])('takes %j', (name) => {
    expect(rulesBrokenBy(name)).toEqual([]);
  });

  it.each([
    ['spaces', '   '],
    ['a no-break space', '\u00a0'],
    ['an ideographic space', '\u3000'],
    ['zero width spaces', '\u200b\u200b'],
    ['a direction override', '\u202e'],
    ['the Hangul filler', '\u3164'],
    ['the half-width Hangul filler', '\uffa0'],
    ['an empty Braille pattern', '\u2800'],
    ['a variation selector', '\ufe0f'],
    ['a combining grapheme joiner', '\u034f'],
    ['tag characters', '\u{e0061}\u{e0062}'],
  ])('refuses %s alone, which nobody can see', (_, name) => {
    expect(rulesBrokenBy(name)).toContain('not-blank');
  });
});
