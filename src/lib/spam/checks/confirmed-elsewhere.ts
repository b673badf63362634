import type { Check } from '../check.js';

/**
 * Two sites may err alike or belong to one mind; three without a common owner are a judgement, and so is an operator, who
 * answers for all sites. Somebody looks at such a comment, whatever the sum (ruling.ts); the weight puts none away alone,
 * ordinary or with a link (near -3.7, half of those with a link below -2.2; 1.57 puts away). The link in the same
 * comments was marked by the same people, so that where its reputation speaks (1.79 to 3) this says as much less. Whoever
 * brings three accounts to confirm what honest people write makes work for moderators and silences nobody.
 */
const DEFAULTS = { sites: 3, weight: 1.6, perDoubling: 0.2, most: 2, sameLink: 1.9 };

/** Weighs that nearly the same text was confirmed as spam on other sites of the deployment. It names none of them. */
export function confirmedElsewhere(options: Partial<typeof DEFAULTS> = {}): Check {
  const { sites: least, weight: first, perDoubling, most, sameLink } = { ...DEFAULTS, ...options };
  return ({ facts }) => {
    const { sites, byOperator } = facts.confirmedElsewhere;
    const isConfirmed = sites >= least;
    if (!isConfirmed && !byOperator) return [];
    const whole = byOperator ? most : Math.min(most, first + perDoubling * Math.log2(sites / least));
    const saidOfLink = facts.linkDomains.some(({ spamSites }) => spamSites >= least) ? sameLink : 0;
    const weight = Math.max(0, whole - saidOfLink);
    const who = isConfirmed ? `on ${sites} other sites` : 'by an operator of this service';
    return [{ name: 'confirmed-elsewhere', weight, why: `nearly the same text was confirmed as spam ${who}` }];
  };
}
