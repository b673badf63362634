// Puts the commenter's own words and numbers into a signal's sentence, so that no sentence can be an attack itself.

const LONGEST_QUOTE = 40;
// PostgreSQL's jsonb refuses NUL and lone surrogates; bidi controls would turn round the rest of the moderator's line.
const UNPRINTABLE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** The words in quotation marks: cut to 40 characters, with unprintable characters shown as their code. */
export function quote(words: string): string {
  // A character is at most two units long, and nothing beyond the cut is worth splitting.
  const characters = Array.from(words.slice(0, 2 * LONGEST_QUOTE + 2));
  const shown = characters.slice(0, LONGEST_QUOTE).join('');
  return `“${spellOut(shown)}${characters.length > LONGEST_QUOTE ? '…' : ''}”`;
}

/** The text with every character that has no shape of its own replaced by its code, such as U+202E. */
export function spellOut(text: string): string {
  return text.replace(UNPRINTABLE, codeOf);
}

/** "1 link", "3 links". */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** The verb for so many. */
export function areOrIs(amount: number): string {
  return amount === 1 ? 'is' : 'are';
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
