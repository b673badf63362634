import type { Check } from '../check.js';

/**
 * An override shows letters in another order than they are read by machines; no language needs it, so it is held.
 * Embeddings and isolates belong to right-to-left text and are odd without any.
 */
const DEFAULTS = { override: 3.2, stray: 0.8 };

const OVERRIDE = /[\u202d\u202e]/;
const EMBEDDING = /[\u202a\u202b\u2066-\u2068]/;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Recognises control characters that turn the direction of writing round, in the comment and in the name. */
export function bidiControls(options: Partial<typeof DEFAULTS> = {}): Check {
  const { override, stray } = { ...DEFAULTS, ...options };
  return ({ comment }, { isAscii }) => {
    if (isAscii) return [];
    const text = `${comment.authorName}\n${comment.body}`;
    if (OVERRIDE.test(text)) {
      const why = 'a control character makes letters appear in another order than they are stored';
      return [{ name: 'bidi-override', weight: override, why }];
    }
    if (!EMBEDDING.test(text) || RIGHT_TO_LEFT.test(text)) return [];
    return [{ name: 'bidi-controls', weight: stray, why: 'controls for right-to-left writing, but no such writing' }];
  };
}
