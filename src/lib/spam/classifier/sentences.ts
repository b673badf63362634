// Cuts a text where a reader would breathe, for the look at its worst part: spam hides in the middle of innocent words.

/** Shorter ones go along with their neighbour: a word alone says too little. */
const SHORTEST_PART = 24;
const MOST_PARTS = 24;

const BREAK = /[.!?…]+["'’”)\]]*\s+|[。！？]+|\n+/gu;

/** The parts of a text in order; one or none when there is nothing to cut. */
export function cutIntoParts(text: string): string[] {
  if (text.length < 2 * SHORTEST_PART) return [];
  const shortest = Math.max(SHORTEST_PART, Math.ceil(text.length / MOST_PARTS));
  const parts: string[] = [];
  let from = 0;
  for (const found of text.matchAll(BREAK)) {
    const end = found.index + found[0].length;
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
