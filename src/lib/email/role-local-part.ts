// Tells a local part that names a function (`info`, `sales-uk`, `no.reply.alerts`) from one that names a person. It knows
// words and how they are put together, not addresses: whoever invents `support3` tomorrow needs no new list.
import { readWordList } from './word-list.js';

const FUNCTION_WORDS: ReadonlySet<string> = new Set(readWordList('role-words'));
const MODIFIERS: ReadonlySet<string> = new Set(readWordList('role-modifiers'));
const ALONE: ReadonlySet<string> = new Set(readWordList('role-alone'));

/** Whatever else stands there, nobody is called this: `chat-noreply`, `ripe-abuse`, `abm-alerts`. */
const NEVER_A_PERSON: ReadonlySet<string> = new Set(
  ['noreply', 'noresponse', 'donotreply', 'abuse', 'alert', 'alerts', 'notification', 'notifications', 'digest'].concat(
    ['bounce', 'bounces', 'request', 'support', 'service', 'services', 'sales', 'team', 'admin', 'newsletter', 'list'],
    ['newsletters', 'updates', 'helpdesk', 'feedback', 'billing', 'webmaster', 'postmaster'],
  ),
);

/** A counter or a year. Five digits and more are people: QQ gives its users numbers for addresses. */
const SHORT_NUMBER = /^\d{1,4}$/u;
/** Shorter words turn up inside names by accident: `iso` and `dev` in Alison and Devin. */
const SHORTEST_GLUED_FUNCTION_WORD = 4;
/** In this many pieces even a name falls apart into words. */
const MOST_GLUED_WORDS = 4;

/** Whether a local part (any case, with or without a `+tag`) belongs to a function. */
export function isRoleLocalPart(local: string): boolean {
  const untagged = local.toLowerCase().split('+', 1)[0] ?? '';
  if (SHORT_NUMBER.test(untagged)) return true;
  const words = untagged
    .split(/[._-]/u)
    .map(withoutCounter)
    .filter((word) => word !== '');
  if (words.includes('no') && words.includes('reply')) return true;
  if (words.some((word) => NEVER_A_PERSON.has(word))) return true;
  const [only, ...others] = words;
  if (only === undefined) return false;
  if (others.length === 0) return ALONE.has(only) || FUNCTION_WORDS.has(only) || isGlued(only);
  const namesFunction = words.some((word) => FUNCTION_WORDS.has(word) || isGlued(word));
  return namesFunction && words.every((word) => FUNCTION_WORDS.has(word) || MODIFIERS.has(word) || isGlued(word));
}

/** `sales2` and `support01` are more of the same; more digits than two are how people find a name still free. */
function withoutCounter(word: string): string {
  return word.replace(/(?<!\d)\d{1,2}$/u, '');
}

/**
 * Whether a word is function words and modifiers without a gap, at least one of them a function (`customerfeedback`,
 * `hsteachers`). It remembers the fewest pieces for every prefix, so a word of n letters costs n² look-ups; n is at most 64.
 */
function isGlued(word: string): boolean {
  const fewest: { plain: number; withFunction: number }[] = [{ plain: 0, withFunction: Infinity }];
  for (let end = 1; end <= word.length; end++) {
    let plain = Infinity;
    let withFunction = Infinity;
    for (const [start, before] of fewest.entries()) {
      const piece = word.slice(start, end);
      const isFunction = piece.length >= SHORTEST_GLUED_FUNCTION_WORD && FUNCTION_WORDS.has(piece);
      if (!isFunction && !MODIFIERS.has(piece)) continue;
      plain = Math.min(plain, before.plain + 1);
      withFunction = Math.min(withFunction, (isFunction ? before.plain : Infinity) + 1, before.withFunction + 1);
    }
    fewest.push({ plain, withFunction });
  }
  return (fewest.at(-1)?.withFunction ?? Infinity) <= MOST_GLUED_WORDS;
}
