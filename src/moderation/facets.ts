// By what a list can be narrowed, with counts: of its newest comments only, so that a list of millions costs no more than a
// screenful of thousands.
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { COMMENT_STATUSES, type CommentStatus } from '../comments/comment-status.js';
import { Database } from '../platform/database/database.js';
import { readChoice, type RawQuery } from '../platform/http/query.js';
import type { KnownSite } from '../sites/site-directory.js';
import { ModeratedSites } from './moderated-sites.js';
import { LIST_TIMEOUT_MS } from './moderation-queue.js';
import { newestOnSites } from './page-across-sites.js';

/** The newest of the status that are counted. */
export const MOST_COUNTED = 2_000;
/** Of each kind, those with most comments. */
export const MOST_FACETS = 30;
/** Across sites, those with the newest comments of the status. */
export const MOST_SITES_COUNTED = 100;

export interface FacetsView {
  /** By the names of signals. Withheld verdicts count in none. */
  readonly reasons: readonly { readonly name: string; readonly count: number }[];
  readonly languages: readonly { readonly tag: string; readonly count: number }[];
  readonly articles: readonly { readonly key: string; readonly title: string | null; readonly count: number }[];
}

export interface FacetsAcrossSitesView {
  readonly reasons: FacetsView['reasons'];
  readonly languages: FacetsView['languages'];
  readonly articles: readonly (FacetsView['articles'][number] & { readonly site: string })[];
  readonly sites: readonly { readonly key: string; readonly name: string; readonly count: number }[];
}

@Injectable()
export class Facets {
  constructor(
    private readonly database: Database,
    private readonly sites: ModeratedSites,
  ) {}

  /** @throws Problem `malformed-query` */
  ofSite(site: KnownSite, raw: RawQuery): Promise<FacetsView> {
    const status = readStatus(raw);
    return this.database.inSite(site.id, async (manager) => {
      const { reasons, languages, articles } = await count(manager, NEWEST_OF_SITE, [site.id, status]);
      return {
        reasons,
        languages,
        articles: articles.map(({ key, title, count: number }) => ({ key, title, count: number })),
      };
    });
  }

  /** @throws Problem `malformed-query`, `site-not-found` */
  async ofManySites(caller: Caller, raw: RawQuery): Promise<FacetsAcrossSitesView> {
    const status = readStatus(raw);
    const reach = await this.sites.reach(caller, raw);
    return this.sites.look(reach, (manager) => {
      const { statement, parameters } = newestOnSites(reach, status, MOST_SITES_COUNTED, MOST_COUNTED);
      return count(manager, statement, parameters);
    });
  }
}

function readStatus(raw: RawQuery): CommentStatus {
  return readChoice(raw, 'status', COMMENT_STATUSES, 'pending');
}

/** @param newest a statement that gives the `site_id` and `id` of comments */
async function count(manager: EntityManager, newest: string, parameters: unknown[]): Promise<FacetsAcrossSitesView> {
  await manager.query(`set local statement_timeout = ${LIST_TIMEOUT_MS}`);
  const [row]: [FacetsAcrossSitesView] = await manager.query(
    `with newest as materialized (${newest}),
     c as materialized (
       select c.site_id, c.id, c.article_id, c.language,
              case when c.is_blind and c.status = 'pending' then null else c.verdict_signals end as signals
         from newest n join comment c on c.site_id = n.site_id and c.id = n.id)
     ${FACETS}`,
    parameters,
  );
  return row;
}

const NEWEST_OF_SITE = `select c.site_id, c.id from comment c where c.site_id = $1 and c.status = $2
  order by c.submitted_at desc, c.id desc limit ${MOST_COUNTED}`;

/** One comment may give a reason twice: it counts once. */
const REASONS = `select jsonb_build_object('name', s.name, 'count', count(*)) as facet, count(*) as n, s.name as name
  from c cross join lateral (select distinct e ->> 'name' as name from jsonb_array_elements(c.signals) e) s group by s.name`;

const LANGUAGES = `select jsonb_build_object('tag', min(c.language), 'count', count(*)) as facet, count(*) as n,
       lower(c.language) as name
  from c where c.language <> '' group by lower(c.language)`;

const ARTICLES = `select jsonb_build_object('key', a.key, 'title', a.title, 'site', s.key, 'count', t.n) as facet, t.n, a.key as name
  from (select c.site_id, c.article_id, count(*) as n from c group by c.site_id, c.article_id
         order by n desc, c.article_id limit ${MOST_FACETS}) t
  join article a on a.site_id = t.site_id and a.id = t.article_id join site s on s.id = t.site_id`;

const SITES = `select jsonb_build_object('key', s.key, 'name', s.name, 'count', t.n) as facet, t.n, s.key as name
  from (select c.site_id, count(*) as n from c group by c.site_id) t join site s on s.id = t.site_id`;

const list = (facets: string): string => `(select coalesce(jsonb_agg(f.facet order by f.n desc, f.name), '[]')
  from (select * from (${facets}) f order by f.n desc, f.name limit ${MOST_FACETS}) f)`;

const [REASON_LIST, LANGUAGE_LIST, ARTICLE_LIST, SITE_LIST] = [REASONS, LANGUAGES, ARTICLES, SITES].map(list);

const FACETS = `select ${REASON_LIST} as reasons, ${LANGUAGE_LIST} as languages, ${ARTICLE_LIST} as articles,
  ${SITE_LIST} as sites`;
