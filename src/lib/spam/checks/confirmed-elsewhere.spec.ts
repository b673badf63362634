import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { judge } from '../judge.js';
import { confirmedElsewhere } from './confirmed-elsewhere.js';

const weighed = (sites: number, byOperator = false): number =>
  signalsOf(confirmedElsewhere(), {}, { confirmedElsewhere: { sites, byOperator } })[0]?.weight ?? 0;

describe('confirmedElsewhere', () => {
  it('needs three sites or an operator', () => {
    expect(weighed(2)).toBe(0);
    expect(weighed(3)).toBe(1.6);
    expect(weighed(0, true)).toBe(2);
  });

  it('grows with every doubling up to a limit', () => {
    expect(weighed(6)).toBeCloseTo(1.8);
    expect(weighed(1_000_000)).toBe(2);
  });

  it('says on how many sites, and names none', () => {
    const whyOf = (sites: number, byOperator: boolean): string | undefined =>
      signalsOf(confirmedElsewhere(), {}, { confirmedElsewhere: { sites, byOperator } })[0]?.why;
    expect(whyOf(3, false)).toBe('nearly the same text was confirmed as spam on 3 other sites');
    expect(whyOf(1, true)).toBe('nearly the same text was confirmed as spam by an operator of this service');
  });

  it('puts no ordinary comment away with the link that the same sites marked', () => {
    const body =
      'I compared both, and the second photograph at https://pictures.com/second is the better one, although I like the light in the first of them too.';
    for (const spamSites of [3, 8]) {
      const link = { domain: 'pictures.com', spamHere: 0, hamHere: 0, spamSites, hamSites: 0 };
      const facts = { confirmedElsewhere: { sites: spamSites, byOperator: false }, linkDomains: [link] };
      const { label, signals } = judge(plainEvidence({ body }, facts));
      expect(signals.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['confirmed-elsewhere', 'link-spam-elsewhere']),
      );
      expect(label).toBe('unsure');
    }
  });

  it('holds a plain comment and puts none away alone', () => {
    for (const sites of [3, 100, 1_000_000]) {
      const facts = { confirmedElsewhere: { sites, byOperator: true } };
      expect(judge(plainEvidence({}, facts)).label).toBe('unsure');
    }
  });
});
