// Where a word may begin and end in a folded text, for scripts that part words and for those that do not.

const LETTER = /[\p{L}\p{M}\p{N}]/u;
// Scripts that do not part words, and Hangul, which glues particles to them: there a word is found anywhere.
const UNPARTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Whether a match may begin or end before text[at]. `inner` is its letter there: one that is no letter ("$$$") may do so
 * anywhere.
 */
export function isWordEdge(text: string, at: number, inner: string | undefined): boolean {
  if (inner === undefined || !LETTER.test(inner) || UNPARTED.test(inner)) return true;
  return !(LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at)));
}
