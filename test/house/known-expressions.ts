// The regular expressions that recheck does not prove to be linear, each with the longest text it gets.
// `expressions.spec.ts` measures them; who adds one says why no text of a stranger makes it slow.

interface Known {
  /** As it stands in the service, to the letter. */
  readonly expression: RegExp;
  /** Characters. */
  readonly longest: number;
  readonly why: string;
}

/** Of a comment: the contract's 10,000. */
const COMMENT = 10_000;
const LOOKS_AROUND = 'recheck reads no look-around; each place is looked at once, since no match begins within another';
const LOOKS_BACK = 'recheck reads no back-reference; one repeats a single character';

export const SLOW_IN_THEORY: readonly Known[] = [
  { expression: /\bVersion\/\S+ .*Safari\//, longest: 512, why: 'a name of a browser is cut at 512' },
  { expression: /\/+$/, longest: 2_048, why: 'an address that the operator types at `winnow replay`' },
  {
    expression:
      /^(?!\d+[.)])[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3 ,;?'"!().]+$/,
    longest: COMMENT,
    why: LOOKS_AROUND,
  },
  { expression: /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_.]{4,}|\d(?:[ ().-]?\d){7,}/u, longest: COMMENT, why: LOOKS_AROUND },
  {
    expression: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}\.[\p{L}]{2,}/u,
    longest: COMMENT,
    why: 'too large for recheck; each repetition has a bound, and the work at one place with it',
  },
  { expression: /(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_]{3,}/u, longest: COMMENT, why: LOOKS_AROUND },
  { expression: /(\p{L})\1{2,}/u, longest: COMMENT, why: LOOKS_BACK },
  {
    expression: /\[\/?(?:url|link|b|i|img)\b[^\]]*\]/i,
    longest: COMMENT,
    why: 'many openings and no end are read to the end each; a comment is short enough',
  },
  { expression: /(?<!\p{L})\p{L}{3,}\d+\p{L}?(?![\p{L}\p{N}])/gu, longest: COMMENT, why: LOOKS_AROUND },
  {
    expression: /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[^\p{L}\p{N}\n]{1,3}[\p{L}\p{N}]){2,}(?![\p{L}\p{N}])/gu,
    longest: COMMENT,
    why: LOOKS_AROUND,
  },
  { expression: /(?<![\p{L}\p{N}])\p{L}(?:[ ._*-]\p{L}){2,}(?![\p{L}\p{N}])/gu, longest: COMMENT, why: LOOKS_AROUND },
  {
    expression:
      /(?:https?:\/\/|\bwww\.)[^\s<>"'()[\]{}|\\，。！？、；：（）「」『』【】]+|(?<![\p{L}\p{N}@._/-])[\p{L}\p{N}.-]+\.(?:(?:com|net|org|info|biz|xyz|icu|ru|рф)(?![\p{L}\p{N}@-])(?:\/[^\s<>"'()[\]{}|\\]*)?|\p{L}{2,}\/[^\s<>"'()[\]{}|\\]+)/giu,
    longest: COMMENT,
    why: LOOKS_AROUND,
  },
  { expression: /(?:https?:\/\/|(?<![\p{L}\p{N}])www\.)[^\s<>"'()[\]]+/giu, longest: COMMENT, why: LOOKS_AROUND },
  { expression: /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.-]+/gu, longest: COMMENT, why: LOOKS_AROUND },
  { expression: /(.)\1{2,}/gu, longest: COMMENT, why: LOOKS_BACK },
  {
    expression: /(?<![\p{L}\p{N}@._-])[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu,
    longest: COMMENT,
    why: LOOKS_AROUND,
  },
  { expression: /^[^\p{L}\p{N}]+|(?<=[\p{L}\p{N}])[^\p{L}\p{N}]+$/gu, longest: COMMENT, why: LOOKS_AROUND },
  { expression: /^$|^\S+@\S+$/, longest: 2_048, why: 'a setting, which the operator writes' },
  { expression: /\s*\n\s*/g, longest: 2_048, why: 'what a program of PostgreSQL complains of' },
  {
    expression:
      /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable|Query read timeout|ENOENT.*\.s\.PGSQL/,
    longest: COMMENT,
    why: 'what an error of the database says; it may quote a text of somebody, and that has a bound',
  },
  { expression: /(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=([\d.]+)\s*)?(?=,|$)/i, longest: COMMENT, why: LOOKS_AROUND },
  { expression: /\B(?=(\d{3})+$)/g, longest: 20, why: 'a number that the service has made' },
  { expression: / .*$/, longest: 200, why: 'names of headers that stand in the source' },
  {
    expression:
      /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]'"])/gi,
    longest: COMMENT,
    why: 'the preview of what a reader types, in the browser of that reader',
  },
];

/** `new RegExp(…)`, by file. */
export const BUILT: readonly { readonly path: string; readonly count: number; readonly why: string }[] = [
  { path: 'src/lib/spam/checks/fancy-letters.ts', count: 1, why: 'of constants: classes, one after the other' },
  { path: 'src/lib/spam/checks/invisible-characters.ts', count: 1, why: 'of constants: classes that share nothing' },
  { path: 'src/lib/spam/checks/shouting.ts', count: 1, why: 'of a number: one class' },
  { path: 'src/moderation/search-terms.ts', count: 1, why: 'of constants: words at the beginning' },
  { path: 'src/platform/config/read-settings.ts', count: 1, why: 'of a name of a setting: no repetition' },
  { path: 'src/platform/queue/inspect-redis.ts', count: 1, why: 'of a name of ours: reads what Redis says of itself' },
  { path: 'src/web/desk-app/mark-words.ts', count: 3, why: 'of words, every sign of theirs as itself: no repetition' },
  { path: 'src/web/desk/mark-hidden.ts', count: 1, why: 'of constants: classes of characters nobody sees' },
  { path: 'src/web/openapi/page-routes.ts', count: 1, why: 'of our routes: parts between slashes' },
];
