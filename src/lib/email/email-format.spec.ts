import fc from 'fast-check';

import { checkEmailFormat, type Email } from './email-format.js';

/** The expression of the HTML standard, `<input type=email>`: an outside authority for ASCII addresses. */
const WHATWG =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/u;

function accepted(typed: string): Email {
  const result = checkEmailFormat(typed);
  if (!result.ok) throw new Error(`${JSON.stringify(typed)} was refused: ${result.fault}`);
  return result.email;
}

function faultOf(typed: string): string {
  const result = checkEmailFormat(typed);
  return result.ok ? 'none' : result.fault;
}

describe('checkEmailFormat', () => {
  it('takes an address apart and leaves the case of the local part alone', () => {
    expect(accepted('  Ana.Li+news@Example.ORG ')).toEqual({
      address: 'Ana.Li+news@example.org',
      local: 'Ana.Li+news',
      domain: 'example.org',
      displayDomain: 'example.org',
    });
  });

  it.each([
    ['test@exämle.com', 'test@xn--exmle-hra.com', 'exämle.com'],
    ['test@XN--EXMLE-HRA.com', 'test@xn--exmle-hra.com', 'exämle.com'],
    ['Иван@почта.рф', 'Иван@xn--80a1acny.xn--p1ai', 'почта.рф'],
    ['jose\u0301@example.org', 'jos\u00e9@example.org', 'example.org'],
    ['a@例え。jp', 'a@xn--r8jz45g.jp', '例え.jp'],
    ['a@col·legi.cat', 'a@xn--collegi-xma.cat', 'col·legi.cat'],
    ['a@straße.de', 'a@xn--strae-oqa.de', 'straße.de'],
  ])('stores %s as %s and shows %s', (typed, address, displayDomain) => {
    expect(accepted(typed)).toMatchObject({ address, displayDomain });
  });

  it.each([
    ['', 'empty'],
    [' \r\n ', 'empty'],
    ['name.example.org', 'no-at'],
    ['@example.org', 'no-local'],
    ['name@', 'no-domain'],
    ['a@b@example.org', 'several-at'],
    ['Ana <ana@example.org>', 'display-name'],
    ['"ana li"@example.org', 'quoted-local'],
    ['ana(home)@example.org', 'comment'],
    ['ana@[192.0.2.1]', 'domain-literal'],
    ['ana li@example.org', 'inner-space'],
    ['ana@exam\u00a0ple.org', 'inner-space'],
    ['ana\u200b@example.org', 'hidden-character'],
    ['ana\0@example.org', 'hidden-character'],
    ['ana\ud800@example.org', 'hidden-character'],
    ['ana@\u202eexample.org', 'hidden-character'],
    ['.ana@example.org', 'local-dots'],
    ['ana..li@example.org', 'local-dots'],
    ['ana,li@example.org', 'local-character'],
    ['ana\u{1f600}@example.org', 'local-character'],
    ['ana.\u0301@example.org', 'local-character'],
    ['ana@example..org', 'domain-dots'],
    ['ana@example.org.', 'domain-dots'],
    ['ana@exa_mple.org', 'domain-character'],
    ['ana@exa%6dple.org', 'domain-character'],
    ['ana@☃.com', 'domain-character'],
    ['ana@localhost', 'no-top-level'],
    ['ana@192.0.2.1', 'top-level'],
    ['ana@0x7f.1', 'top-level'],
    ['ana@0x7f.１', 'top-level'],
    ['ana@example.or-g', 'top-level'],
    ['ana@-example.org', 'label-hyphen'],
    ['ana@ab--cd.org', 'label-hyphen'],
    ['ana@xn--abc-.org', 'invalid-idn'],
    ['ana@xn--zzzzzz.org', 'invalid-idn'],
    ['ana@xn--ls8h.la', 'invalid-idn'],
  ])('refuses %j as %s', (typed, fault) => {
    expect(faultOf(typed)).toBe(fault);
  });

  it('counts the local part, a label, the domain and the whole in bytes, up to the exact limit', () => {
    const domain = (length: number) => `${`${'d'.repeat(60)}.`.repeat(4)}${'e'.repeat(length - 244)}`;
    expect(faultOf(`${'a'.repeat(64)}@example.org`)).toBe('none');
    expect(faultOf(`${'a'.repeat(65)}@example.org`)).toBe('local-too-long');
    expect(faultOf(`${'ä'.repeat(32)}@example.org`)).toBe('none');
    expect(faultOf(`${'ä'.repeat(32)}a@example.org`)).toBe('local-too-long');
    expect(faultOf(`a@${'b'.repeat(63)}.org`)).toBe('none');
    expect(faultOf(`a@${'b'.repeat(64)}.org`)).toBe('label-too-long');
    expect(faultOf(`a@${domain(252)}`)).toBe('none');
    expect(faultOf(`a@${domain(253)}`)).toBe('too-long');
    expect(faultOf(`a@${domain(254)}`)).toBe('domain-too-long');
  });

  it('counts the whole in the Unicode form too, which is the longer one for a domain in Han letters', () => {
    const han = `${'漢'.repeat(30)}.${'字'.repeat(30)}.${'語'.repeat(25)}.jp`;
    expect(faultOf(`a@${han}`)).toBe('too-long');
  });

  it('refuses ten million characters unread, whatever they are', () => {
    for (const flood of ['a@'.repeat(5e6), 'a.'.repeat(5e6), ' '.repeat(1e7), '\ud800'.repeat(1e7)]) {
      expect(faultOf(flood)).toBe('too-long');
    }
  });

  it('names the character that stands in the way', () => {
    expect(checkEmailFormat('ana@gmail,com')).toMatchObject({ why: expect.stringContaining('“,”, which') as string });
    expect(checkEmailFormat('ana$&@exa$mple.org')).toMatchObject({ why: expect.stringContaining('“$”') as string });
  });
});

describe('checkEmailFormat, for every string', () => {
  const anyTyped = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })).map(([a, b]) => `${a}@${b}.com`),
  );

  it('answers with an address or with a sentence, and never throws', () => {
    fc.assert(
      fc.property(anyTyped, (typed) => {
        const result = checkEmailFormat(typed);
        return result.ok ? result.email.address.includes('@') : result.why.endsWith('.');
      }),
      { numRuns: 5_000 },
    );
  });

  it('accepts its own answer and does not change it again', () => {
    const letters = fc.constantFrom(
      ...Array.from('aZ09-._+!äßéſＫ漢字のーखदعבΩς'),
      'e\u0301',
      '\u0323',
      'xn--',
      '。',
      '·',
    );
    const word = fc.array(letters, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    let count = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          anyTyped,
          fc.tuple(word, word).map(([a, b]) => `${a}@${b}.org`),
        ),
        (typed) => {
          const result = checkEmailFormat(typed);
          if (!result.ok) return;
          count++;
          expect(checkEmailFormat(result.email.address)).toEqual(result);
          expect(accepted(`${result.email.local}@${result.email.displayDomain}`)).toEqual(result.email);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(count).toBeGreaterThan(1_000);
  });

  it('accepts no ASCII address that a browser would refuse', () => {
    const from = (alphabet: string, maxLength: number) =>
      fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: 1, maxLength });
    const dotted = (word: fc.Arbitrary<string>) =>
      fc.array(word, { minLength: 1, maxLength: 3 }).map((w) => w.join('.'));
    const plainLocal = dotted(from("abcXYZ019!#$%&'*+/=?^_`{|}~-", 6));
    const plainDomain = fc.tuple(dotted(from('abcXYZ0189', 70)), from('abcXYZ', 5)).map((parts) => parts.join('.'));
    const oddLocal = from('aZ0.,:;()<>[]\\ "@\'\t', 6);
    const oddDomain = dotted(fc.oneof(from('abXN01-', 8), from('ab_.-!%@[]: ', 6)));
    const local = fc.oneof({ weight: 9, arbitrary: plainLocal }, { weight: 1, arbitrary: oddLocal });
    const domain = fc.oneof({ weight: 9, arbitrary: plainDomain }, { weight: 1, arbitrary: oddDomain });
    let count = 0;
    fc.assert(
      fc.property(local, domain, (before, after) => {
        const result = checkEmailFormat(`${before}@${after}`);
        if (!result.ok) return;
        count++;
        expect(`${before}@${after}`.trim()).toMatch(WHATWG);
        expect(result.email.address).toMatch(WHATWG);
      }),
      { numRuns: 16_000 },
    );
    // The law is about the accepted ones, so there have to be many.
    expect(count).toBeGreaterThan(10_000);
  });
});
