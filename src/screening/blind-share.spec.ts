import { newId, type CommentId, type SiteId } from '../platform/ids.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import { completeSettings } from '../sites/site-settings.js';
import { isChosen, placeBlind } from './blind-share.js';

const secrets = new Secrets(Buffer.from('a secret of the service'));

function site(blindShare: number, id = newId<SiteId>()): KnownSite {
  const settings = completeSettings({ blindShare });
  return { id, key: 'blog', name: 'Blog', origins: [], settings, createdAt: new Date() };
}

const ids = Array.from({ length: 20_000 }, () => newId<CommentId>());
const chosen = (of: KnownSite, by = secrets): CommentId[] => ids.filter((id) => isChosen(by, of, id));

describe('the blind share', () => {
  it('is as large as the site wants it, by and large', () => {
    expect(chosen(site(0))).toEqual([]);
    expect(chosen(site(1))).toEqual(ids);
    for (const share of [0.02, 0.2]) {
      // Five deviations of the binomial distribution: a sound share leaves them once in a million runs.
      const slack = 5 * Math.sqrt((share * (1 - share)) / ids.length);
      expect(Math.abs(chosen(site(share)).length / ids.length - share)).toBeLessThan(slack);
    }
  });

  it('is the same each time, and a larger one holds the smaller', () => {
    const { id } = site(0);
    const small = chosen(site(0.05, id));
    expect(chosen(site(0.05, id))).toEqual(small);
    const large = new Set(chosen(site(0.1, id)));
    expect(small.filter((one) => !large.has(one))).toEqual([]);
  });

  it('is another on another site and under another secret', () => {
    const one = site(0.1);
    const mine = new Set(chosen(one));
    const both = (other: readonly CommentId[]): number => other.filter((id) => mine.has(id)).length;
    const few = mine.size / 4;
    expect(both(chosen(site(0.1)))).toBeLessThan(few);
    expect(both(chosen(one, new Secrets(Buffer.from('another'))))).toBeLessThan(few);
  });

  it('waits under the same words whatever the machine would have done', () => {
    const told = (['spam', 'pending', 'published', 'approved'] as const).map((to) => {
      const { blindInsteadOf, ...seen } = placeBlind({ to, reason: `Because of ${to}.` });
      expect(blindInsteadOf).toBe(to);
      return seen;
    });
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]).toMatchObject({ to: 'pending', reason: expect.stringMatching(/^[A-Z].+\.$/) as string });
  });
});
