import type { EntityManager } from 'typeorm';
import { newId, type AccountId, type ActId, type ApiKeyId, type SiteId } from '../platform/ids.js';
import { idOf } from './caller.js';

export const ACT_ACTIONS = [
  'site-made',
  'site-renamed',
  'settings-changed',
  'rule-made',
  'rule-changed',
  'rule-removed',
  'member-invited',
  'invitation-withdrawn',
  'member-joined',
  'role-changed',
  'member-removed',
  'api-key-made',
  'api-key-revoked',
  'article-opened',
  'article-closed',
  'author-standing',
  'campaign-decided',
  'bulk-decided',
  'large-act-begun',
  'large-act-stopped',
  'note-deleted',
  'person-exported',
  'person-erased',
] as const;
export type ActAction = (typeof ACT_ACTIONS)[number];

export interface Act {
  readonly action: ActAction;
  /** On whom or what, as its people would name it. Never an author's address, nor a text of theirs. */
  readonly subject?: string;
  /** Names, numbers and words of ours; never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** As much of a caller as is kept. */
export type Doer =
  | { readonly kind: 'person'; readonly accountId: AccountId; readonly name: string }
  | { readonly kind: 'program'; readonly apiKeyId: ApiKeyId; readonly name: string };

/** In the transaction of the act itself: neither is there without the other. */
export async function recordAct(manager: EntityManager, siteId: SiteId, by: Doer, act: Act): Promise<void> {
  const { action, subject = null, detail = null } = act;
  await manager.query(
    `insert into act (site_id, id, at, actor_kind, actor_id, actor_name, action, subject, detail)
     values ($1, $2, now(), $3, $4, $5, $6, $7, $8)`,
    [siteId, newId<ActId>(), by.kind, idOf(by), by.name, action, subject, detail],
  );
}
