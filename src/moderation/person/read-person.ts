// What a site keeps of one author, as they are told it: who of the site did what stays out, for they are persons, too.
import type { EntityManager } from 'typeorm';
import type { CommentId, SiteId } from '../../platform/ids.js';

export const READ_AT_ONCE = 100;

export interface ExportedComment {
  readonly id: CommentId;
  readonly submittedAt: string;
  readonly [member: string]: unknown;
}

export interface ExportedBeside {
  /** What moderators noted on the author. */
  readonly notes: readonly { readonly text: string; readonly at: string }[];
  /** The rules for the address. */
  readonly rules: readonly { readonly action: string; readonly note: string | null; readonly createdAt: string }[];
}

/** @param after the id of the last comment read before */
export function readComments(
  manager: EntityManager,
  site: SiteId,
  authorKey: string,
  after: string,
): Promise<ExportedComment[]> {
  return manager.query(READ_COMMENTS, [site, authorKey, after]);
}

export async function readBeside(manager: EntityManager, site: SiteId, authorKey: string): Promise<ExportedBeside> {
  const notes: ExportedBeside['notes'] = await manager.query(
    'select text, at from moderator_note where site_id = $1 and author_key = $2 order by id',
    [site, authorKey],
  );
  const rules: ExportedBeside['rules'] = await manager.query(
    `select action, note, created_at as "createdAt" from site_rule
      where site_id = $1 and field = 'address' and match = 'exact' and value = $2 order by id`,
    [site, authorKey],
  );
  return { notes, rules };
}

/** Of times inside of JSON, so that they are written as those outside are. */
const ISO = `at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const OF_COMMENT = 'x.site_id = c.site_id and x.comment_id = c.id';

const EVENTS = `
  select coalesce(json_agg(json_build_object('action', x.action, 'from', x.from_status, 'to', x.to_status,
           'at', to_char(x.at ${ISO}), 'by', x.actor_kind, 'reason', x.reason, 'note', x.note) order by x.version), '[]')
    from comment_event x where ${OF_COMMENT}`;

const EARLIER_TEXTS = `
  select coalesce(json_agg(json_build_object('body', x.body, 'replacedAt', to_char(e.at ${ISO})) order by x.revision), '[]')
    from comment_revision x left join comment_event e
      on e.site_id = x.site_id and e.comment_id = x.comment_id and e.version = x.replaced_version where ${OF_COMMENT}`;

const NOTES = `
  select coalesce(json_agg(json_build_object('text', x.text, 'at', to_char(x.at ${ISO})) order by x.id), '[]')
    from moderator_note x where ${OF_COMMENT}`;

const REPORTS = `
  select coalesce(json_agg(json_build_object('reason', x.reason, 'at', to_char(x.at ${ISO})) order by x.at), '[]')
    from comment_report x where ${OF_COMMENT}`;

/** The page is cut first: its hundred are looked up everywhere else, and no other. */
const READ_COMMENTS = `
  with page as materialized (
    select * from comment where site_id = $1 and author_key = $2 and id > $3 order by id limit ${READ_AT_ONCE})
  select c.id, c.parent_id as "parentId", c.status, c.body, c.language,
         json_build_object('key', a.key, 'url', a.url, 'title', a.title) as article,
         json_build_object('name', c.author_name, 'email', c.author_email, 'url', c.author_url) as author,
         c.client_network as network, c.seconds_to_write as "secondsToWrite", c.honeypot_filled as "honeypotFilled",
         c.submitted_at as "submittedAt", c.published_at as "publishedAt", c.edited_at as "editedAt",
         case when c.verdict_label is not null then json_build_object('label', c.verdict_label,
           'probability', c.verdict_probability, 'signals', coalesce(c.verdict_signals, '[]'::jsonb)) end as verdict,
         (${EVENTS}) as events, (${EARLIER_TEXTS}) as "earlierTexts", (${NOTES}) as notes, (${REPORTS}) as reports,
         (select x.label from learned_comment x where ${OF_COMMENT}) as taught
    from page c join article a on a.site_id = c.site_id and a.id = c.article_id order by c.id`;
