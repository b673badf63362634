import { Injectable } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { recordAct } from '../accounts/record-act.js';
import { Article } from '../comments/article.entity.js';
import { safeHttpUrl } from '../lib/markup/safe-url.js';
import { articleDigest, Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { Problem } from '../platform/problem/problem.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import type { ChangeArticleDto } from './article.dto.js';

export interface ArticleView {
  readonly key: string;
  readonly url: string | null;
  readonly title: string | null;
  readonly open: boolean;
  readonly commentCount: number;
  readonly createdAt: string;
}

export interface ArticlesPage {
  readonly items: readonly ArticleView[];
  readonly nextCursor: string | null;
}

@Injectable()
export class ArticleKeeper {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly secrets: Secrets,
  ) {}

  /** By key; only those that hold the text in key or title, where one is given. */
  list(site: KnownSite, limit: number, cursor: string | null, search: string | null = null): Promise<ArticlesPage> {
    const scope = ['articles', site.id];
    const [after = ''] = cursor === null ? [] : openCursor(this.secrets, scope, cursor);
    return this.database.inSite(site.id, async (manager) => {
      const query = manager
        .createQueryBuilder(Article, 'a')
        .where('a.site_id = :site and a.key > :after', { site: site.id, after });
      if (search !== null) {
        query.andWhere(`strpos(lower(a.key || ' ' || coalesce(a.title, '')), lower(:search)) > 0`, { search });
      }
      const rows = await query
        .orderBy('a.key')
        .limit(limit + 1)
        .getMany();
      const items = rows.slice(0, limit).map(viewArticle);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: last ? sealCursor(this.secrets, scope, [last.key]) : null };
    });
  }

  /** @throws Problem `article-not-found` */
  async change(site: KnownSite, key: string, { open, title, url }: ChangeArticleDto, by: Caller): Promise<ArticleView> {
    return this.database.inSite(site.id, async (manager) => {
      const row = await manager.findOne(Article, {
        where: { siteId: site.id, key },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw new Problem('article-not-found');
      const changed = {
        ...(open !== undefined && { open }),
        ...(title !== undefined && { title }),
        ...(url !== undefined && { url: url === null ? null : safeHttpUrl(url) }),
      };
      if (open !== undefined && open !== row.open) {
        const subject = row.title ?? key;
        await recordAct(manager, site.id, by, { action: open ? 'article-opened' : 'article-closed', subject });
      }
      if (Object.keys(changed).length > 0) await manager.update(Article, { siteId: site.id, id: row.id }, changed);
      await this.changes.tellComments(manager, { site: site.id, articles: [articleDigest(key)], moves: [] });
      return viewArticle(Object.assign(row, changed));
    });
  }
}

function viewArticle({ key, url, title, open, publishedCount, createdAt }: Article): ArticleView {
  return { key, url, title, open, commentCount: publishedCount, createdAt: createdAt.toISOString() };
}
