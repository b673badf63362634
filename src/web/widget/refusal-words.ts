// What a refusal says to a reader: what happened, and what to do next.
import { Refusal } from './service.js';
import { fill, type Speech } from './speech.js';

export type FieldName = 'body' | 'name' | 'email' | 'url' | 'parentId';
export type FieldFaults = Partial<Record<FieldName, string>>;

export function describeRefusal(error: unknown, speech: Speech): string {
  const { refused } = speech.texts;
  if (!(error instanceof Refusal)) return refused.other;
  if (error.status === 0) return refused.lost;
  if (error.status === 429) return fill(refused.busy, { time: speech.seconds(error.retrySeconds) });
  if (error.code === 'article-closed') return refused.closed;
  return error.status === 403 ? refused.origin : refused.other;
}

/** A sentence for each field that the service would not take. Its own words, which know more, are English. */
export function faultsOf(error: unknown, { language, texts }: Speech): FieldFaults {
  const faults: FieldFaults = {};
  for (const { pointer, detail } of error instanceof Refusal ? error.faults : []) {
    // `/author/name` is about the field `name`.
    const field = pointer.split('/').at(-1) as FieldName;
    if (field in texts.faults)
      faults[field] ??= language === 'en' && field !== 'parentId' ? detail : texts.faults[field];
  }
  return faults;
}
