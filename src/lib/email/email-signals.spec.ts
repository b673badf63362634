import { EMAIL_WEIGHTS, emailSignals } from './email-signals.js';

function namesFor(typed: string): string[] {
  return emailSignals(typed).map((signal) => signal.name);
}

describe('emailSignals', () => {
  it.each([
    ['ana.li@gmail.com', []],
    ['', []],
    ['  ', []],
    ['ana.li', ['email-format']],
    ['ana@mailinator.com', ['disposable-email']],
    ['ana@gmial.com', []],
    ['info@posteo.de', ['role-email']],
    ['ana@example.com', ['special-use-email']],
    ['test@x.test', ['special-use-email', 'role-email']],
    ['info@a.mailinator.com', ['disposable-email', 'role-email']],
  ])('answers %j with %j', (typed, names) => {
    expect(namesFor(typed)).toEqual(names);
  });

  it('weighs each signal as the table says', () => {
    for (const typed of ['nonsense', 'info@mailinator.com', 'ana@x.invalid']) {
      for (const { name, weight } of emailSignals(typed))
        expect(Object.entries(EMAIL_WEIGHTS)).toContainEqual([name, weight]);
    }
  });

  it('explains itself in a sentence that holds the domain but neither the address nor its local part', () => {
    for (const typed of [
      'marketing@sub.mailinator.com',
      'noreply@exämple.example',
      'canary.4711@exa mple.org',
      'canary.4711@a..b',
    ]) {
      const signals = emailSignals(typed);
      expect(signals.length).toBeGreaterThan(0);
      for (const { why } of signals) {
        expect(why).not.toContain(typed);
        expect(why).not.toContain(typed.slice(0, typed.indexOf('@')));
        expect(why).toMatch(/^[^ ].*\.$/u);
      }
    }
    expect(emailSignals('marketing@sub.mailinator.com')[0]?.why).toContain('sub.mailinator.com');
  });
});
