// The library against test data that nobody here wrote. Absent from a fresh clone, and then skipped with a warning.
//
// Disagreements with addresses.json, each decided and not overlooked:
// - `somename@ｇｍａｉｌ.com` should be refused there (a vote of validator.js alone); UTS 46 maps full-width letters, and a
//   reader with an East Asian keyboard means gmail.com, which is what is stored.
// - `fab\ ien@symfony.com` should be accepted there (a vote of egulias alone); a backslash or a space outside quotation
//   marks is no atext in RFC 5322.
import { existsSync, readFileSync } from 'node:fs';

import { checkEmailFormat, type Email } from './email-format.js';
import { emailReputation } from './reputation.js';
import { suggestTypedEmail } from './typo-suggestion.js';

interface VectorFile<Case> {
  readonly cases: readonly Case[];
  readonly lists?: { readonly domains: readonly string[] };
}

const FOLDER = new URL('../../../../shared/vectors/email/', import.meta.url);
const isPresent = existsSync(FOLDER);
if (!isPresent) console.warn(`SKIPPED: the e-mail vectors are not at ${FOLDER.pathname}`);
const agreesWith = isPresent ? it : it.skip;

function readVectors<Case>(name: string): VectorFile<Case> {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as VectorFile<Case>;
}

function accepted(typed: string): Email {
  const result = checkEmailFormat(typed);
  if (!result.ok) throw new Error(`${JSON.stringify(typed)} was refused: ${result.fault}`);
  return result.email;
}

describe('the e-mail vectors', () => {
  agreesWith('addresses.json: at least 98 % of the verdicts, at most 3 false refusals', () => {
    const { cases } = readVectors<{ input: string; expect: 'accept' | 'reject' | 'either' }>('addresses.json');
    const verdicts = cases.map(({ input, expect: wanted }) => {
      return { input, wanted, given: checkEmailFormat(input).ok ? 'accept' : 'reject' };
    });
    const scored = verdicts.filter(({ wanted }) => wanted !== 'either');
    const wrong = scored.filter(({ wanted, given }) => wanted !== given);
    const agreement = 1 - wrong.length / scored.length;
    console.info(`addresses.json: ${(100 * agreement).toFixed(2)} % of ${scored.length} agree`);
    expect(agreement).toBeGreaterThanOrEqual(0.98);
    expect(wrong.filter(({ wanted }) => wanted === 'accept').length).toBeLessThanOrEqual(3);
    expect(wrong.map(({ input }) => input).sort()).toEqual(['fab\\ ien@symfony.com', 'somename@ｇｍａｉｌ.com']);
  });

  agreesWith('typo-suggestions.json: at least 95 %, and nothing where nothing is to be suggested', () => {
    interface TypoCase {
      readonly input: string;
      readonly note?: string;
      readonly expect: { readonly suggest_domain: string | null };
    }
    const { cases, lists } = readVectors<TypoCase>('typo-suggestions.json');
    // Upstream was given these domains as known ones; `emaildomain.com` is known to nobody else.
    const ownDomains = lists?.domains ?? [];
    const domainFor = (typed: string) => suggestTypedEmail(typed, ownDomains)?.replace(/^.*@/u, '') ?? null;
    const scored = cases.filter(({ note }) => !note?.startsWith('illustrative'));
    const wrong = scored.filter(({ input, expect: wanted }) => domainFor(input) !== wanted.suggest_domain);
    expect(wrong.filter(({ expect: wanted }) => wanted.suggest_domain === null)).toEqual([]);
    expect(wrong.length / scored.length).toBeLessThanOrEqual(0.05);
    // Where mailcheck gives up at a subdomain, the ending is mended all the same.
    expect(suggestTypedEmail('test@mail.randomsmallcompany.cmo')).toBe('test@mail.randomsmallcompany.com');
  });

  agreesWith('disposable-sample.json: every one, subdomains included, and no big provider', () => {
    const { cases } = readVectors<{ input: string; expect: { disposable: boolean } }>('disposable-sample.json');
    const wrong = cases.filter(({ input, expect: wanted }) => {
      return emailReputation(accepted(input)).disposable !== wanted.disposable;
    });
    expect(cases.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });

  agreesWith('role-localparts.json: at least 95 %, none of them refused', () => {
    const { cases } = readVectors<{ input: string }>('role-localparts.json');
    const missed = cases.filter(({ input }) => !emailReputation(accepted(input)).role).map(({ input }) => input);
    console.info(`role-localparts.json: ${cases.length - missed.length} of ${cases.length} flagged`);
    expect(missed.length / cases.length).toBeLessThanOrEqual(0.05);
  });
});
