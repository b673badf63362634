import { editDistance } from './edit-distance.js';
import { checkEmailFormat } from './email-format.js';
import { suggestEmail, suggestTypedEmail } from './typo-suggestion.js';
import { readWordList } from './word-list.js';

function suggestedDomain(domain: string, ownDomains?: readonly string[]): string | null {
  const result = checkEmailFormat(`Ana.Li@${domain}`);
  if (!result.ok) throw new Error(`${domain} is no domain`);
  return suggestEmail(result.email, ownDomains)?.replace('Ana.Li@', '') ?? null;
}

describe('suggestEmail', () => {
  it.each([
    ['gmial.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['mgail.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmailc.om', 'gmail.com'],
    ['g.mail.com', 'gmail.com'],
    ['hotmail.con', 'hotmail.com'],
    ['hotmal.de', 'hotmail.de'],
    ['jotmail.com', 'hotmail.com'],
    ['yaho.co.uk', 'yahoo.co.uk'],
    ['yahoo.co.u', 'yahoo.co.uk'],
    ['outlok.com', 'outlook.com'],
    ['protonmial.com', 'protonmail.com'],
    ['shop.cmo', 'shop.com'],
    ['mail.shop.ogr', 'mail.shop.org'],
    ['aol.con', 'aol.com'],
  ])('takes %s for a typo of %s', (typed, meant) => {
    expect(suggestedDomain(typed)).toBe(meant);
  });

  it.each(
    `mail.com email.com ymail.com hmail.com gmx.de gmx.net me.com fastmail.fm aol.com aon.at live.com love.com cloud.com
     web.de proton.me photon.me proton.com laposte.net laporte.net carter.net telnet.be libro.it earthling.net
     yahoo.cl gmail.de outlook.ch hotmail.ru live.co example.org shop.co kicksend.com range.fr planet.com a.test`.split(
      /\s+/u,
    ),
  )('leaves %s in peace', (domain) => {
    expect(suggestedDomain(domain)).toBeNull();
  });

  it('never corrects a provider it knows', () => {
    for (const domain of [...readWordList('mail-providers'), ...readWordList('other-mail-domains')]) {
      expect([domain, suggestedDomain(domain)]).toEqual([domain, null]);
    }
  });

  it("knows the caller's own domains as well", () => {
    expect(suggestedDomain('gazete.example-press.org')).toBeNull();
    expect(suggestedDomain('gazettte.org', ['gazette.org'])).toBe('gazette.org');
    expect(suggestedDomain('gmali.com', ['gmali.com'])).toBeNull();
  });
});

describe('suggestTypedEmail', () => {
  it.each([
    ['ana@#gmail.com', 'ana@gmail.com'],
    ['ana@gmail,com', 'ana@gmail.com'],
    ['ana@gmail..com', 'ana@gmail.com'],
    ['ana@gmail.com.', 'ana@gmail.com'],
    ['ana@gmial.com;', 'ana@gmail.com'],
    ['ana@gmial.com', 'ana@gmail.com'],
  ])('mends %s to %s', (typed, mended) => {
    expect(suggestTypedEmail(typed)).toBe(mended);
  });

  it('has nothing to offer where there is no domain to mend, or too much of it', () => {
    const odd = ['', 'ana', 'ana@', '@gmail,com', 'a b@gmail,com', 'ana@gm', 'ana@example..org', '\ud800@\ud800'];
    for (const typed of [...odd, 'a@'.repeat(5e6)]) expect(suggestTypedEmail(typed)).toBeNull();
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['gmail', 'gmail', 0],
    ['gmail', 'gmial', 1],
    ['gmail', 'gmal', 1],
    ['gmail', 'gmaill', 1],
    ['gmail', 'gnail', 1],
    ['kitten', 'sitting', 3],
    // Optimal string alignment: the true Damerau distance would be 2.
    ['ca', 'abc', 3],
  ])('counts from %j to %j %i', (left, right, slips) => {
    expect(editDistance(left, right)).toBe(slips);
    expect(editDistance(right, left)).toBe(slips);
  });
});
