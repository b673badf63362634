import { Injectable } from '@nestjs/common';
import { idOf, type Caller } from '../accounts/caller.js';
import type { RawQuery } from '../platform/http/query.js';
import type { CommentId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';
import { Secrets } from '../platform/signing/secrets.js';
import { chooseSites } from './choose-sites.js';
import { CommentDetail, type CommentDetailView } from './comment-detail.js';
import { ModeratedSites, namedSites } from './moderated-sites.js';
import { LIST_TIMEOUT_MS } from './moderation-queue.js';
import { chooseSource, readPage, type RowOfSite } from './page-across-sites.js';
import { viewQueueItem, type QueueItemView } from './queue-item.js';
import { readQueueQuery, scopeOf } from './queue-query.js';

export interface SiteLabel {
  readonly key: string;
  readonly name: string;
}

export type ItemOfSite = QueueItemView & { readonly site: SiteLabel };
export type DetailOfSite = CommentDetailView & { readonly site: SiteLabel };

export interface PageAcrossSites {
  readonly items: readonly ItemOfSite[];
  readonly nextCursor: string | null;
}

/** The queue of somebody who moderates many sites, a page at a time by keyset, as the queue of one. */
@Injectable()
export class QueueAcrossSites {
  constructor(
    private readonly sites: ModeratedSites,
    private readonly detail: CommentDetail,
    private readonly secrets: Secrets,
  ) {}

  /** @throws Problem `malformed-query`, `invalid-cursor`, `site-not-found`, `search-too-wide` */
  async list(caller: Caller, raw: RawQuery): Promise<PageAcrossSites> {
    const query = readQueueQuery(raw);
    const { limit, cursor } = query;
    const scope = scopeOf(query, ['queue across sites', idOf(caller), namedSites(raw).sort()]);
    const after = cursor === null ? null : openCursor(this.secrets, scope, cursor);
    const reach = await this.sites.reach(caller, raw);
    const rows = await this.sites.look(reach, async (manager) => {
      await manager.query(`set local statement_timeout = ${LIST_TIMEOUT_MS}`);
      const chosen = await chooseSites(manager, reach, query.terms);
      return readPage(manager, chosen.reach, await chooseSource(manager, chosen, query), query, after);
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map((row) => viewItemOfSite(row, idOf(caller))),
      nextCursor: last ? sealCursor(this.secrets, scope, [last.place, last.id]) : null,
    };
  }

  /** @throws Problem `comment-not-found` */
  async read(caller: Caller, id: CommentId): Promise<DetailOfSite> {
    const site = (await this.sites.siteOf(await this.sites.reach(caller), [id])).get(id);
    if (!site) throw new Problem('comment-not-found');
    const detail = await this.detail.read(site, id, caller);
    return { ...detail, site: { key: site.key, name: site.name } };
  }
}

export function viewItemOfSite(row: RowOfSite, me: string): ItemOfSite {
  return { ...viewQueueItem(row, me), site: { key: row.siteKey, name: row.siteName } };
}
