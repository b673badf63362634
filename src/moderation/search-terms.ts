// The grammar of a moderator's search: a text in, terms out, and back. It looks for nothing itself. What is no grammar is a
// word, so that whatever was copied into the field is looked for as it stands.

export const SEARCH_FIELDS = ['author', 'email', 'link', 'article', 'site'] as const;

export interface SearchTerm {
  /** Where it is looked for; `text` is name, address and body. */
  readonly field: 'text' | (typeof SEARCH_FIELDS)[number];
  readonly value: string;
  /** What a comment must not have. */
  readonly isExcluded: boolean;
  readonly isQuoted: boolean;
}

const FIELD = new RegExp(`^(${SEARCH_FIELDS.join('|')}):`, 'i');
const WHITE_SPACE = /\s/;

/** Each term in the order of the text. Throws on no string. */
export function parseSearch(text: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (let at = 0; at < text.length;) {
    if (WHITE_SPACE.test(text.charAt(at))) at++;
    else {
      const { term, end } = readTerm(text, at);
      terms.push(term);
      at = end;
    }
  }
  return terms;
}

/** A text that parses to the same terms. */
export function printSearch(terms: readonly SearchTerm[]): string {
  return terms.map(printTerm).join(' ');
}

function printTerm({ field, value, isExcluded, isQuoted }: SearchTerm): string {
  const words = isQuoted ? `"${value}"` : value;
  return `${isExcluded ? '-' : ''}${field === 'text' ? '' : `${field}:`}${words}`;
}

interface Read {
  readonly term: SearchTerm;
  readonly end: number;
}

function readTerm(text: string, from: number): Read {
  const end = endOfWord(text, from);
  const word = text.slice(from, end);
  // "--" and a lone "-" are signs that somebody looks for.
  const isExcluded = /^-[^-]/.test(word);
  const bare = isExcluded ? word.slice(1) : word;
  const at = end - bare.length;
  const name = FIELD.exec(bare)?.[1]?.toLowerCase() as SearchTerm['field'] | undefined;
  const start = name === undefined ? at : at + name.length + 1;
  const field = name ?? 'text';
  const phrase = readPhrase(text, start);
  if (phrase) return { term: { field, value: phrase.value, isExcluded, isQuoted: true }, end: phrase.end };
  if (start < end) return { term: { field, value: text.slice(start, end), isExcluded, isQuoted: false }, end };
  return { term: { field: 'text', value: bare, isExcluded, isQuoted: false }, end };
}

/** What stands between a quotation mark and the next one, if that ends a word: in `5" pipe` and `"yes";` it is a sign. */
function readPhrase(text: string, at: number): { readonly value: string; readonly end: number } | null {
  if (text.charAt(at) !== '"') return null;
  const close = text.indexOf('"', at + 1);
  if (close === -1 || endOfWord(text, close + 1) > close + 1) return null;
  const value = text.slice(at + 1, close);
  return value.trim() === '' ? null : { value, end: close + 1 };
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (end < text.length && !WHITE_SPACE.test(text.charAt(end))) end++;
  return end;
}
