// Asks the service to carry out a decision, about one comment or many.
import type { Decision } from '../../comments/comment-status.js';
import type { Detail, Item } from './item.js';
import type { Result } from './queue-state.js';
import { actPath, ask, Refusal, rootOf } from './service.js';
import { refusalInWords } from './words.js';

const MOST_AT_ONCE = 500;
const MANY_REFUSED = 'Left as it was: somebody was faster, or that cannot be done with it.';

export interface Order {
  readonly decision: Decision;
  readonly reason?: string | undefined;
}

/** With the version that was seen, so that a stale decision is noticed. @returns also how the comment stands, if that is why */
export async function decideOne(
  site: string,
  item: Item,
  { decision, reason }: Order,
): Promise<{ readonly result: Result; readonly now: Detail | null }> {
  const path = actPath(site, item.article.key, item.id, decision);
  try {
    const body = { version: item.version, ...given(reason) };
    const { id, status, version } = await ask<Item>(decision === 'delete' ? 'DELETE' : 'POST', path, body);
    return { result: { id, status, version }, now: null };
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'unknown';
    const isStale = code === 'version-conflict' || code === 'move-refused';
    const now = isStale ? await detailOf(site, item.id).catch(() => null) : null;
    const fault = now ? refusalInWords(item, now) : faultInWords(error);
    return { result: { id: item.id, code, fault }, now };
  }
}

/** @param site null: on all sites */
export async function decideMany(
  site: string | null,
  ids: readonly string[],
  { decision: action, reason }: Order,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    const some = ids.slice(at, at + MOST_AT_ONCE);
    try {
      const body = { action, ids: some, ...given(reason) };
      const said = await ask<{ results: Result[] }>('POST', `${rootOf(site)}/decisions`, body);
      results.push(...said.results.map((one) => ('code' in one ? { ...one, fault: MANY_REFUSED } : one)));
    } catch (error) {
      results.push(...some.map((id) => ({ id, code: 'unknown', fault: faultInWords(error) })));
    }
  }
  return results;
}

/** @throws Refusal */
export function detailOf(site: string, id: string): Promise<Detail> {
  return ask<Detail>('GET', `${rootOf(site)}/comments/${id}`);
}

export function faultInWords(error: unknown): string {
  return error instanceof Refusal ? error.detail : 'Something went wrong here. Load the page again.';
}

function given(reason: string | undefined): { reason?: string } {
  return reason === undefined || reason === '' ? {} : { reason };
}
