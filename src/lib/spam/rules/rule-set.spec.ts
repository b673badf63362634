import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { matchingRules } from '../checks/site-rules.js';
import { plainEvidence } from '../evidence.fixture.spec-support.js';
import type { CommentText } from '../evidence.js';
import { readComment } from '../reading.js';
import { RULE_FIELDS, RULE_MATCHES, type Rule, type RuleTerms } from './rule.js';
import { RuleSet } from './rule-set.js';

const rule = (field: Rule['field'], match: Rule['match'], value: string): Rule => {
  return { field, match, value, action: 'spam' };
};

/** The values of the rules that match. */
function matched(
  rules: readonly Rule[],
  comment: Partial<CommentText> = {},
  clientNetwork: string | null = null,
): readonly string[] {
  return valuesOf(new RuleSet(rules), comment, clientNetwork);
}

function valuesOf(set: RuleSet, comment: Partial<CommentText>, clientNetwork: string | null = null): readonly string[] {
  const evidence = plainEvidence(comment, { rules: set, clientNetwork, ownHosts: ['blog.example'] });
  return matchingRules(evidence, readComment(evidence)).map(({ value }) => value);
}

const isMatch = (terms: RuleTerms, comment: Partial<CommentText>, network: string | null = null): boolean =>
  matched([{ ...terms, action: 'hold' }], comment, network).length > 0;

describe('a rule for the text', () => {
  const has = (match: Rule['match'], value: string, body: string): boolean =>
    isMatch({ field: 'text', match, value }, { body });

  it('finds a word where words are, and its beginning at the beginning of one', () => {
    expect(has('word', 'press', 'the press, again')).toBe(true);
    expect(has('word', 'press', 'she expressed it, under pressure')).toBe(false);
    expect(has('prefix', 'press', 'under pressure')).toBe(true);
    expect(has('prefix', 'press', 'she expressed it')).toBe(false);
    expect(has('word', 'buy now', 'Buy\n now!')).toBe(true);
    expect(has('word', '$$$', 'win $$$$ today')).toBe(true);
    expect(has('word', 'a', 'a')).toBe(true);
    expect(has('word', '赌场', '最好的赌场在这里')).toBe(true);
  });

  it('means the whole comment by exact', () => {
    expect(has('exact', 'Great post', ' great  POST ')).toBe(true);
    expect(has('exact', 'Great post', 'great post!')).toBe(false);
  });

  it.each(['c-a-s-i-n-o', 'c a s i n o', 'ca\u200bsino', 'сasinо', '𝐜𝐚𝐬𝐢𝐧𝐨', 'ｃａｓｉｎｏ', 'c4s1n0', 'cásino'])(
    'sees through %j, by word, beginning and expression',
    (disguised) => {
      const body = `the ${disguised} again`;
      expect(has('word', 'casino', body)).toBe(true);
      expect(has('prefix', 'casi', body)).toBe(true);
      expect(has('regex', '\\bcas+ino\\b', body)).toBe(true);
      expect(has('exact', 'casino', disguised)).toBe(true);
    },
  );

  it('reads an expression in any case, over what was written as well', () => {
    expect(has('regex', '^second$', 'First\nsecond')).toBe(false);
    expect(has('regex', '(?m)^second$', 'First\nSecond')).toBe(true);
    expect(has('regex', 'BUY\\s+now', 'buy   NOW')).toBe(true);
    expect(has('regex', '\\d{10,}', 'call 0123456789')).toBe(true);
    expect(has('regex', '[а-я]{5}', 'ПРИВЕТ')).toBe(true);
    expect(has('regex', 'x|casino', 'the casino')).toBe(true);
  });

  it('looks at no other place', () => {
    const elsewhere = {
      authorName: 'casino',
      authorEmail: 'casino@casino.example',
      authorUrl: 'https://casino.example',
    };
    expect(isMatch({ field: 'text', match: 'word', value: 'casino' }, elsewhere)).toBe(false);
  });
});

describe('a rule for the name', () => {
  const has = (match: Rule['match'], value: string, authorName: string): boolean =>
    isMatch({ field: 'name', match, value }, { authorName });

  it('compares the whole, a word, or the beginning of one', () => {
    expect(has('exact', 'SEO Expert', 'seo  expert')).toBe(true);
    expect(has('exact', 'SEO Expert', 'seo expert 2')).toBe(false);
    expect(has('word', 'seo', 'Best-SEO-Firm')).toBe(true);
    expect(has('word', 'seo', 'Seoul')).toBe(false);
    expect(has('prefix', 'seo', 'Big Seoul')).toBe(true);
    expect(has('word', 'seo', 'SЕО firm')).toBe(true);
  });
});

describe('a rule for a host', () => {
  const has = (match: Rule['match'], value: string, comment: Partial<CommentText>): boolean =>
    isMatch({ field: 'host', match, value }, comment);

  it.each([
    'see https://casino.example/x',
    'see http://www.casino.example',
    'see https://m.CASINO.example?a=b.',
    'see casino.example now',
    'see casino[.]example',
    'see casino (dot) example',
    'see casino dot example',
    '[url=https://casino.example]x[/url]',
    'see https://саsino.example/',
  ])('finds it and what lies below it: %s', (body) => {
    expect(has('exact', 'casino.example', { body })).toBe(true);
  });

  it.each(['see https://mycasino.example/', 'see https://casino.example.org/', 'write to me@casino.example'])(
    'leaves others alone: %s',
    (body) => {
      expect(has('exact', 'casino.example', { body })).toBe(false);
    },
  );

  it('looks at the author’s URL, and at names in other scripts in both forms', () => {
    expect(has('exact', 'casino.example', { authorUrl: 'https://casino.example' })).toBe(true);
    expect(has('exact', 'bücher.de', { body: 'https://xn--bcher-kva.de/a' })).toBe(true);
    expect(has('exact', 'xn--bcher-kva.de', { body: 'https://bücher.de/a' })).toBe(true);
  });

  it('leaves the hosts of the site itself alone', () => {
    const body = 'As you said at https://www.blog.example/casino and blog.example/b';
    expect(has('exact', 'blog.example', { body })).toBe(false);
    expect(has('exact', 'example', { body })).toBe(false);
    expect(has('prefix', 'blog', { body, authorUrl: 'https://blog.example' })).toBe(false);
  });

  it('takes a top-level domain for everything that is linked under it, and not for a sentence without a space', () => {
    expect(has('exact', 'it', { body: 'https://cheap.it/x' })).toBe(true);
    expect(has('exact', 'it', { body: 'That was great.It was' })).toBe(false);
  });

  it('finds a word of it, the beginning of a name in it, and an expression', () => {
    const body = 'see https://best-casino-24.m.casinos.example/';
    expect(has('word', 'casino', { body })).toBe(true);
    expect(has('word', 'casin', { body })).toBe(false);
    expect(has('prefix', 'best-c', { body })).toBe(true);
    expect(has('prefix', 'casino', { body })).toBe(true);
    expect(has('prefix', 'asino', { body })).toBe(false);
    expect(has('regex', '-\\d+\\.', { body })).toBe(true);
  });
});

describe('a rule for the address', () => {
  const has = (match: Rule['match'], value: string, authorEmail = 'Joe.Spam@Mail.Example'): boolean =>
    isMatch({ field: 'address', match, value }, { authorEmail });

  it('means one address, all at a domain, or all at and below it', () => {
    expect(has('exact', 'joe.spam@mail.example')).toBe(true);
    expect(has('exact', 'spam@mail.example')).toBe(false);
    expect(has('exact', '@mail.example')).toBe(true);
    expect(has('exact', '@mail.example', 'a@x.mail.example')).toBe(false);
    expect(has('exact', 'mail.example', 'a@x.mail.example')).toBe(true);
    expect(has('exact', 'mail.example', 'a@xmail.example')).toBe(false);
    expect(has('exact', '@bücher.example', 'a@xn--bcher-kva.example')).toBe(true);
  });

  it('finds a word, the beginning, and an expression', () => {
    expect(has('word', 'spam')).toBe(true);
    expect(has('word', 'spa')).toBe(false);
    expect(has('prefix', 'joe.')).toBe(true);
    expect(has('prefix', 'spam')).toBe(false);
    expect(has('regex', '^joe\\..*@mail')).toBe(true);
  });

  it('takes what is no address as it is', () => {
    for (const broken of ['', '@', 'joe', 'a@b@mail.example', '@mail.example']) {
      expect(() => has('exact', 'mail.example', broken)).not.toThrow();
    }
    expect(has('exact', 'mail.example', '')).toBe(false);
  });
});

describe('a rule for a network', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.0/24', true],
    ['203.0.0.0/16', '203.0.113.0/24', true],
    ['0.0.0.0/0', '203.0.113.0/24', true],
    ['203.0.112.0/24', '203.0.113.0/24', false],
    ['2001:db8::/32', '2001:db8:1::/48', true],
    ['2001:db8:2::/48', '2001:db8:1::/48', false],
    ['::/0', '203.0.113.0/24', false],
    ['203.0.113.0/24', null, false],
    ['203.0.113.0/24', 'nonsense', false],
  ] as const)('%s holds %s: %s', (value, network, isIn) => {
    expect(isMatch({ field: 'network', match: 'exact', value }, {}, network)).toBe(isIn);
  });
});

describe('many rules', () => {
  const letters = (n: number): string =>
    n.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 26)));
  const thousand = new RuleSet(
    Array.from({ length: 1_000 }, (_, n) => rule('text', n % 2 ? 'word' : 'prefix', `zeb${letters(n)}`)),
  );

  it('are answered in their order, those with a fault left out', () => {
    const rules = [
      rule('text', 'word', 'second'),
      rule('text', 'regex', '('),
      rule('name', 'word', 'ada'),
      rule('text', 'word', 'first'),
      rule('text', 'word', 'first'),
    ];
    const comment = { body: 'first second', authorName: 'Ada' };
    expect(matched(rules, comment)).toEqual(['second', 'ada', 'first', 'first']);
    expect(new RuleSet(rules).size).toBe(4);
  });

  it('find what each alone finds', () => {
    const words = fc.array(fc.constantFrom('ab', 'abc', 'abcde', 'b c', '$a', 'аb', '赌'), {
      minLength: 1,
      maxLength: 5,
    });
    const terms = fc.record({
      field: fc.constantFrom('text' as const, 'name' as const),
      match: fc.constantFrom('exact' as const, 'word' as const, 'prefix' as const),
      value: words.map((parts) => parts.slice(0, 2).join(' ')),
    });
    fc.assert(
      fc.property(fc.array(terms, { maxLength: 12 }), words, words, (all, body, name) => {
        const rules = all.map((one): Rule => ({ ...one, action: 'hold' }));
        const comment = { body: body.join(' '), authorName: name.join('-') };
        const alone = rules.filter((one) => matched([one], comment).length > 0).map(({ value }) => value);
        expect(matched(rules, comment)).toEqual(alone);
      }),
    );
  });

  it('as expressions find what each alone finds', () => {
    const sources = ['a+b', '^a', 'b$', '\\bab\\b', '[^a]b', 'a.b', '(a|b){3}'];
    const body = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'A'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.subarray(sources), body, (all, parts) => {
        const rules = all.map((source) => rule('text', 'regex', source));
        const comment = { body: parts.join('') };
        const alone = rules.filter((one) => matched([one], comment).length > 0).map(({ value }) => value);
        expect(matched(rules, comment)).toEqual(alone);
      }),
    );
  });

  it.each(['zeb ', 'zebaa ', 'a b ', 'zebz'])('a thousand read ten thousand characters of %j quickly', (part) => {
    const body = part.repeat(10_000 / part.length);
    const startedAt = performance.now();
    valuesOf(thousand, { body });
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('an expression made to run away', () => {
  it.each(['(a+)+$', '(a|a)*b', '(x+x+)+y', '(.*)(.*)(.*)(.*)(.*)!', '(a?){30}a{30}b', '(.*a){10}!'])(
    '%s does not, on ten thousand characters',
    (source) => {
      const set = new RuleSet([rule('text', 'regex', source)]);
      for (const body of [`${'a'.repeat(9_999)}!`, 'ab'.repeat(5_000), 'x'.repeat(10_000)]) {
        const startedAt = performance.now();
        valuesOf(set, { body });
        expect(performance.now() - startedAt).toBeLessThan(300);
      }
    },
  );
});

describe('any string', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc
      .array(fc.constantFrom('\ud800', '\0', '\u202e', 'http://', '.', '@', 'dot', '[', ']', '(', ' ', 'а', 'a', '赌'))
      .map((parts) => parts.join('')),
  );

  it('is matched without a throw', () => {
    const anyRule = fc.record({
      field: fc.constantFrom(...RULE_FIELDS),
      match: fc.constantFrom(...RULE_MATCHES),
      value: anyText,
      action: fc.constant('hold' as const),
    });
    const comment = fc.record({
      body: anyText,
      authorName: anyText,
      authorEmail: anyText,
      authorUrl: fc.option(anyText),
    });
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 4 }), comment, fc.option(anyText), (rules, one, network) => {
        matched(rules, one, network);
      }),
      { numRuns: 500 },
    );
  });

  it('of ten thousand characters is read at once', () => {
    const rules = RULE_FIELDS.flatMap((field) => RULE_MATCHES.map((match) => rule(field, match, 'a.b')));
    const set = new RuleSet(rules);
    for (const part of ['a', 'a.', '.', ' dot ', '[.]', '( ', '@', 'a@', '赌', 'http://', '\ud800', 'а', '. ']) {
      const body = part.repeat(10_000 / part.length);
      const startedAt = performance.now();
      valuesOf(set, { body, authorName: body, authorEmail: body, authorUrl: body });
      expect(performance.now() - startedAt).toBeLessThan(500);
    }
  });
});

it('explains every field in the README of the library', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const field of RULE_FIELDS) expect(readme).toContain(`| ${field} `);
});
