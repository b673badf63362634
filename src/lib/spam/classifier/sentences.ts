// Cuts a text where a reader would breathe, for the look at its worst part: spam hides in the middle of innocent words.

/** Shorter ones go along with their neighbour: a word alone says too little. */
const SHORTEST_PART = 24;
const MOST_PARTS = 24;

const ENDS = new Set('.!?…');
const CLOSERS = new Set('"\'’”)]');
/** These end a sentence without a space after them. */
const DENSE_ENDS = new Set('。！？\n');

/** The parts of a text in order; one or none when there is nothing to cut. */
export function cutIntoParts(text: string): string[] {
  if (text.length < 2 * SHORTEST_PART) return [];
  const shortest = Math.max(SHORTEST_PART, Math.ceil(text.length / MOST_PARTS));
  const parts: string[] = [];
  let from = 0;
  for (const end of breaksOf(text)) {
    if (end - from < shortest) continue;
    parts.push(text.slice(from, end));
    from = end;
  }
  if (from < text.length) {
    const rest = text.slice(from);
    const last = rest.length < shortest ? (parts.pop() ?? '') : '';
    parts.push(last + rest);
  }
  return parts.length > 1 ? parts : [];
}

/** Where a sentence or a line has ended. By hand: a pattern would try every tail of a row of exclamation marks. */
function* breaksOf(text: string): Generator<number> {
  let hasEnded = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (DENSE_ENDS.has(character) || (hasEnded && character.trim() === '')) {
      yield at + 1;
      hasEnded = false;
    } else {
      hasEnded = ENDS.has(character) || (hasEnded && CLOSERS.has(character));
    }
  }
}
