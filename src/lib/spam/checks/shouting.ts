import type { Check } from '../check.js';

/**
 * Bad manners more than spam: angry and happy people shout as well. Both weights together leave a comment far from
 * being held. Acronyms and one-word cheers are shorter than `letters`.
 */
const DEFAULTS = { letters: 24, share: 0.7, capitals: 0.8, marks: 3, exclamation: 0.4 };

const CAPITAL = /\p{Lu}/gu;
const SMALL = /\p{Ll}/gu;

/** Recognises texts in capitals, in the scripts that have them, and rows of exclamation marks. */
export function shouting(options: Partial<typeof DEFAULTS> = {}): Check {
  const { letters, share, capitals, marks, exclamation } = { ...DEFAULTS, ...options };
  const row = new RegExp(`[!！]{${marks},}`, 'u');
  return (_evidence, { text }) => {
    const large = text.match(CAPITAL)?.length ?? 0;
    const cased = large + (large < letters * share ? 0 : (text.match(SMALL)?.length ?? 0));
    const shouted = cased >= letters && large >= share * cased;
    const why = `${Math.round((100 * large) / cased)} % of the letters are capitals`;
    return [
      ...(shouted ? [{ name: 'shouting', weight: capitals, why }] : []),
      ...(row.test(text)
        ? [{ name: 'exclamation-marks', weight: exclamation, why: `${marks} or more exclamation marks in a row` }]
        : []),
    ];
  };
}
