import { createHash } from 'node:crypto';
import type { Lesson } from './lessons.js';

export type ToldLesson = Pick<Lesson, 'label' | 'seq'> & { readonly example: Uint8Array };

/**
 * A digest of lessons in their order, each taken together with all before it: it grows with the list, so that a decision
 * costs one round, and says of two lists whether a model folded from them has the same bytes.
 */
export function digestLessons(lessons: Iterable<ToldLesson>, before: Uint8Array | null = null): Buffer | null {
  let digest = before === null ? null : Buffer.from(before);
  for (const { seq, label, example } of lessons) {
    const hash = createHash('sha256');
    if (digest) hash.update(digest);
    digest = hash
      .update(`${String(seq)} ${label} `)
      .update(example)
      .digest();
  }
  return digest;
}
