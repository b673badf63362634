import { cleanText } from '../platform/http/clean-text.js';
import { codePointLength } from '../platform/http/text-rules.js';
import { Problem } from '../platform/problem/problem.js';

const LONGEST = 512;
const CONTROL = /\p{Cc}/u;

/**
 * The article's key as it stands in the path, after decoding: 1 to 512 characters of any script, no control characters.
 * @throws Problem `malformed-path`
 */
export function readArticleKey(decoded: string): string {
  if (CONTROL.test(decoded) || !decoded.isWellFormed()) {
    throw new Problem('malformed-path', { detail: 'The key of an article holds no control characters.' });
  }
  const key = cleanText(decoded);
  if (key === '' || codePointLength(key) > LONGEST) {
    throw new Problem('malformed-path', { detail: `The key of an article has 1 to ${LONGEST} characters.` });
  }
  return key;
}
