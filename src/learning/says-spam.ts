// Whether the reason of a rejection calls the comment spam. A rejection says "unfit", and most are; who wants the filter
// to learn presses Spam. So only the word itself counts, and a reason that denies it does not.

/** The word as most languages write it, alone or in a compound ("spammer", "Linkspam"). */
const SPAM_WORD = /^(spam|спам|σπαμ|سبام|स्पैम)|(spam|спам)$/u;
/** Languages that write no spaces, and their word as a part of any. */
const SPAM_WITHIN = /スパム|스팸|垃圾/u;
const NATIVE_WORDS = new Set(['pourriel', 'pourriels', 'skräppost', 'roskaposti', 'søppelpost', 'nevyžádaná']);

/** "No spam, but off topic" teaches nothing: with any of these in the sentence nobody can be sure what it says. */
const DENIALS = new Set([
  ...['no', 'not', 'non', 'never', 'without', 'isn', 'wasn', 'isnt', 'cannot'],
  ...[
    'nicht',
    'kein',
    'keine',
    'keinen',
    'pas',
    'sin',
    'sem',
    'não',
    'niet',
    'geen',
    'nie',
    'inte',
    'ikke',
    'не',
    'нет',
  ],
]);
const DENIED_WITHIN = /不是|非垃圾|ではない|じゃない|아니/u;

const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/u;

export function saysSpam(reason: string | null): boolean {
  if (reason === null) return false;
  const folded = reason.normalize('NFKC').toLowerCase().normalize('NFC');
  const words = folded.split(BETWEEN_WORDS);
  if (DENIED_WITHIN.test(folded) || words.some((word) => DENIALS.has(word))) return false;
  return SPAM_WITHIN.test(folded) || words.some((word) => SPAM_WORD.test(word) || NATIVE_WORDS.has(word));
}
