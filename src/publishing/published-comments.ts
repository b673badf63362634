import { Injectable } from '@nestjs/common';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { renderComment, RENDERER_VERSION } from '../lib/markup/render-comment.js';
import { Database, queryPlanned } from '../platform/database/database.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import type { PageQuery, Place, Sort } from './page-query.js';

export interface ArticleFace {
  readonly key: string;
  readonly url: string | null;
  readonly title: string | null;
}

export interface PublishedArticle extends ArticleFace {
  readonly open: boolean;
  readonly createdAt: Date;
  readonly publishedCount: number;
}

/** One comment as the public may see it. What is not public is not even read. */
export interface PublishedComment {
  readonly id: CommentId;
  readonly parentId: CommentId | null;
  readonly author: { readonly name: string; readonly url: string | null };
  /** A person of the site wrote it at the desk. */
  readonly isVerified: boolean;
  readonly html: string;
  readonly language: string | null;
  readonly submittedAt: Date;
  readonly publishedAt: Date;
  readonly editedAt: Date | null;
  readonly article: ArticleFace;
}

export interface CommentPage {
  readonly comments: readonly PublishedComment[];
  /** Where the next page goes on; null at the end. */
  readonly next: Place | null;
}

interface CommentRow extends Omit<PublishedComment, 'author' | 'html' | 'article'> {
  readonly authorName: string;
  readonly authorUrl: string | null;
  readonly html: string | null;
  /** Read only where the HTML is missing or of another renderer. */
  readonly body: string | null;
  readonly place: string;
}

interface SiteCommentRow extends CommentRow {
  readonly articleKey: string;
  readonly articleUrl: string | null;
  readonly articleTitle: string | null;
}

/** A comment with its article; an article without comments is one row without a comment. */
type ThreadRow = Omit<PublishedArticle, 'key' | 'createdAt'> & {
  /** As PostgreSQL writes it: it stands in every row and is read once. */
  readonly createdAt: string;
} & (CommentRow | { readonly id: null });

const readTime = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

const IS_RENDERED = `c.renderer_version = ${RENDERER_VERSION} and c.html is not null`;
const COMMENT_COLUMNS = `
  c.id, c.parent_id as "parentId", c.author_name as "authorName", c.author_url as "authorUrl", c.language,
  c.account_id is not null as "isVerified",
  case when ${IS_RENDERED} then c.html end as html, case when ${IS_RENDERED} then null else c.body end as body,
  c.submitted_at as "submittedAt", c.published_at as "publishedAt", c.edited_at as "editedAt",
  c.published_at::text as place`;

const DIRECTION: Readonly<Record<Sort, string>> = { oldest: 'asc', newest: 'desc' };
/** Before the first comment in each order, so that the first page is asked for like every other. */
const START: Readonly<Record<Sort, Place>> = {
  oldest: ['-infinity', '00000000-0000-0000-0000-000000000000'],
  newest: ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
};

/** Reads published comments, a page at a time along the keyset (published_at, id); nothing but published ones, ever. */
@Injectable()
export class PublishedComments {
  constructor(private readonly database: Database) {}

  /** `article` null: it is unknown. */
  async ofArticle(
    site: SiteId,
    articleKey: string,
    query: PageQuery,
  ): Promise<CommentPage & { readonly article: PublishedArticle | null }> {
    const rows = await this.database.readInSite(site, (manager) => findThread(manager, site, articleKey, query));
    const article = rows[0] ? describeArticle(articleKey, rows[0]) : null;
    const comments = rows.filter((row): row is ThreadRow & CommentRow => row.id !== null);
    // After the transaction: HTML that is not rendered yet must not hold a connection.
    return { article, ...pageOf(comments, query, () => article ?? { key: articleKey, url: null, title: null }) };
  }

  async ofSite(site: SiteId, query: PageQuery): Promise<CommentPage> {
    const rows: SiteCommentRow[] = await this.database.readInSite(site, (manager) =>
      manager.query(
        `select ${COMMENT_COLUMNS}, a.key as "articleKey", a.url as "articleUrl", a.title as "articleTitle"
           from comment c join article a on a.site_id = c.site_id and a.id = c.article_id
          where c.site_id = $1 and ${publishedAfter(query, 2)}`,
        [site, ...boundsOf(query)],
      ),
    );
    return pageOf(rows, query, faceOf);
  }

  /** How many are published under each of the articles; those that are unknown are not in the map. */
  async counts(site: SiteId, articleKeys: readonly string[]): Promise<Map<string, number>> {
    // A look-up for each key; as one condition the planner may rather filter all articles of the site.
    const rows: { key: string; count: number }[] = await this.database.readInSite(site, (manager) =>
      manager.query(
        `select wanted.key, found.count from unnest($2::text[]) wanted(key) cross join lateral (
           select a.published_count as count from article a where a.site_id = $1 and a.key = wanted.key limit 1) found`,
        [site, articleKeys],
      ),
    );
    return new Map(rows.map(({ key, count }) => [key, count]));
  }
}

/** In one statement: the way to PostgreSQL and back costs a first reader more than the article's columns in each row. */
function findThread(manager: EntityManager, site: SiteId, articleKey: string, query: PageQuery): Promise<ThreadRow[]> {
  return queryPlanned(manager, {
    name: `thread-${query.sort}`,
    text: `select a.url, a.title, a.open, a.created_at::text as "createdAt", a.published_count as "publishedCount", page.*
       from article a left join lateral (
         select ${COMMENT_COLUMNS} from comment c
          where c.site_id = a.site_id and c.article_id = a.id and ${publishedAfter(query, 3)}) page on true
      where a.site_id = $1 and a.key = $2 order by ${inOrder(query)}`,
    values: [site, articleKey, ...boundsOf(query)],
  });
}

function describeArticle(key: string, row: ThreadRow): PublishedArticle {
  const { url, title, open, createdAt, publishedCount } = row;
  return { key, url, title, open, createdAt: readTime(createdAt), publishedCount };
}

function inOrder({ sort }: PageQuery): string {
  return `page."publishedAt" ${DIRECTION[sort]}, page.id ${DIRECTION[sort]}`;
}

/** Binds what `boundsOf` gives, from the parameter of the given number on. */
function publishedAfter({ sort }: PageQuery, first: number): string {
  const direction = DIRECTION[sort];
  const sign = sort === 'oldest' ? '>' : '<';
  return `c.status = 'published' and (c.published_at, c.id) ${sign} ($${first}::timestamptz, $${first + 1}::uuid)
    order by c.published_at ${direction}, c.id ${direction} limit $${first + 2}`;
}

/** One row more than was asked for, if there is one, tells that there is a next page. */
function boundsOf({ sort, after, limit }: PageQuery): unknown[] {
  return [...(after ?? START[sort]), limit + 1];
}

function pageOf<Row extends CommentRow>(
  rows: readonly Row[],
  { limit }: PageQuery,
  articleOf: (row: Row) => ArticleFace,
): CommentPage {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    comments: rows.slice(0, limit).map((row) => describeComment(row, articleOf(row))),
    next: last ? [last.place, last.id] : null,
  };
}

function faceOf({ articleKey, articleUrl, articleTitle }: SiteCommentRow): ArticleFace {
  return { key: articleKey, url: articleUrl, title: articleTitle };
}

function describeComment(row: CommentRow, article: ArticleFace): PublishedComment {
  const { id, parentId, isVerified, language, submittedAt, publishedAt, editedAt } = row;
  return {
    id,
    parentId,
    author: { name: row.authorName, url: row.authorUrl },
    isVerified,
    html: row.html ?? renderComment(row.body ?? ''),
    language,
    submittedAt,
    publishedAt,
    editedAt,
    article,
  };
}
