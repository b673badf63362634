import fc from 'fast-check';
import { readRule } from './read-rule.js';
import { RULE_FIELDS, RULE_MATCHES, type RuleField, type RuleMatch } from './rule.js';

const valueOf = (field: RuleField, match: RuleMatch, value: string): string | undefined => {
  const read = readRule({ field, match, value });
  return 'value' in read ? read.value : undefined;
};
const faultOf = (field: RuleField, match: RuleMatch, value: string): string => {
  const read = readRule({ field, match, value });
  return 'detail' in read ? `${read.member}: ${read.detail}` : 'none';
};

describe('readRule', () => {
  it.each([
    ['text', 'word', '  Buy\tNOW ', 'buy now'],
    ['text', 'exact', 'Сasinо', 'casino'],
    ['name', 'exact', 'ＳＥＯ Expert', 'seo expert'],
    ['host', 'exact', 'https://www.Casino.example/', 'casino.example'],
    ['host', 'exact', '*.casino.example', 'casino.example'],
    ['host', 'exact', 'bücher.example', 'xn--bcher-kva.example'],
    ['host', 'exact', '203.0.113.7', '203.0.113.7'],
    ['host', 'exact', '.ru', 'ru'],
    ['host', 'prefix', 'https://casino', 'casino'],
    ['host', 'word', 'Casino', 'casino'],
    ['address', 'exact', 'Ada@Mail.example', 'ada@mail.example'],
    ['address', 'exact', '@mail.example', '@mail.example'],
    ['address', 'exact', 'mail.example', 'mail.example'],
    ['address', 'prefix', 'info@', 'info@'],
    ['network', 'exact', '203.0.113.9/24', '203.0.113.0/24'],
    ['network', 'exact', '2001:DB8::/32', '2001:db8::/32'],
    ['network', 'exact', '10.0.0.0/8', '10.0.0.0/8'],
    ['text', 'regex', '\\bbuy\\s+now\\b', '\\bbuy\\s+now\\b'],
  ] as const)('takes %s %s %j as %j', (field, match, typed, value) => {
    expect(valueOf(field, match, typed)).toBe(value);
  });

  it.each([
    ['text', 'word', ' \u200b ', /^value: Nothing is left/],
    ['host', 'exact', 'casino.example/path', /^value: Write a host/],
    ['host', 'exact', 'two words', /^value: Write a host/],
    ['host', 'exact', '', /^value: Write a host/],
    ['host', 'word', 'casino example', /^value: There is no space/],
    ['host', 'prefix', 'https://', /^value: Write a part of a host/],
    ['address', 'exact', 'ada@', /^value: Write an address/],
    ['address', 'exact', 'ada lovelace@mail.example', /^value: Write an address/],
    ['address', 'word', 'ada lovelace', /^value: There is no space/],
    ['network', 'word', '203.0.113.0/24', /^match: A network/],
    ['network', 'regex', '203', /^match: A network/],
    ['network', 'exact', '203.0.113.7', /^value: .*write 203\.0\.113\.0\/24 or a wider one/],
    ['network', 'exact', '203.0.113.128/25', /^value: .*write 203\.0\.113\.0\/24/],
    ['network', 'exact', '2001:db8:1:2::/64', /^value: .*write 2001:db8:1::\/48/],
    ['network', 'exact', '203.0.113.0/33', /^value: Write a network/],
    ['network', 'exact', '10.1/8', /^value: Write a network/],
    ['network', 'exact', '0x0a.0.0.0/8', /^value: Write a network/],
    ['network', 'exact', 'fe80::1%eth0/48', /^value: Write a network/],
    ['network', 'exact', '10.0.0.0/8/8', /^value: Write a network/],
    ['network', 'exact', 'home', /^value: Write a network/],
    ['text', 'regex', '(a', /^value: This is no regular expression: missing closing \)/],
    ['text', 'regex', '(?=a)b', /^value: .*Look-around and back-references do not exist here/],
    ['text', 'regex', '(a)\\1', /^value: .*Look-around and back-references do not exist here/],
    ['text', 'regex', '[a-z]{1,1000}', /^value: This expression is too large/],
    ['text', 'regex', 'a*', /^value: This expression is found in an empty text/],
  ] as const)('refuses %s %s %j', (field, match, typed, fault) => {
    expect(faultOf(field, match, typed)).toMatch(fault);
  });

  it('throws on no string, and reads what it made of one the same again', () => {
    const anyString = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom('(', ')', '[', ']', '{', '}', '*', '+', '?', '\\', '^', '$', '|', '.', '/', '@', ':', 'a'),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...RULE_FIELDS),
        fc.constantFrom(...RULE_MATCHES),
        anyString,
        (field, match, value) => {
          const read = readRule({ field, match, value });
          if ('value' in read && match === 'exact') expect(valueOf(field, match, read.value)).toBe(read.value);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
