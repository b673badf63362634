import type { CommentStatus } from '../comments/comment-status.js';
import type { Label, Signal } from '../lib/spam/verdict.js';
import type { CampaignId } from '../platform/ids.js';
import { viewClaim, type ClaimRow, type ClaimView } from './claim.view.js';
import { renderedHtml } from './rendered-html.js';

/** One comment as a moderator sees it. */
export interface QueueItemView {
  readonly id: string;
  readonly status: CommentStatus;
  readonly version: number;
  readonly body: string;
  readonly html: string;
  readonly author: {
    readonly name: string;
    /** Empty for a person of the site. */
    readonly email: string;
    readonly url: string | null;
    /** What a rule for just this address says of every comment of theirs. */
    readonly standing: 'trusted' | 'banned' | null;
    /** A person of the site wrote it at the desk. */
    readonly verified: boolean;
  };
  /** What else this address wrote on the site; each count stops at 100. */
  readonly authorHistory: {
    readonly published: number;
    readonly approved: number;
    readonly pending: number;
    readonly spam: number;
    readonly rejected: number;
  };
  readonly article: { readonly key: string; readonly url: string | null; readonly title: string | null };
  readonly parentId: string | null;
  readonly language: string | null;
  /** What readers said against it since somebody looked last. */
  readonly reports: Reports;
  /** Who looks at it just now. */
  readonly claim: ClaimView | null;
  /** Notes of moderators on it and on its author. */
  readonly noteCount: number;
  readonly submittedAt: string;
  readonly publishedAt: string | null;
  /** When its text was changed last. */
  readonly editedAt: string | null;
  /** The near-identical comments it belongs to; null while it is the only one, and while the verdict is withheld. */
  readonly campaign: CampaignLabel | null;
  /** The verdict is withheld until somebody has decided: the comment was chosen to see whether people agree with it. */
  readonly blind: boolean;
  readonly verdict: VerdictView | null;
}

export interface Reports {
  /** Of different networks; it stops at 100. */
  readonly count: number;
  /** The first that were given. */
  readonly reasons: readonly string[];
}

export interface VerdictView {
  readonly label: Label;
  readonly probability: number;
  /** The log-odds behind the probability; null for a verdict of before it was kept. */
  readonly score: number | null;
  readonly signals: readonly Signal[];
}

export interface CampaignLabel {
  readonly id: CampaignId;
  /** How many comments it has, in whatever status but deleted. */
  readonly size: number;
}

export interface QueueRow {
  readonly id: string;
  readonly status: CommentStatus;
  readonly version: number;
  readonly body: string;
  readonly html: string | null;
  readonly rendererVersion: number | null;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authorUrl: string | null;
  readonly isVerified: boolean;
  readonly history: QueueItemView['authorHistory'];
  readonly articleKey: string;
  readonly articleUrl: string | null;
  readonly articleTitle: string | null;
  readonly parentId: string | null;
  readonly language: string | null;
  /** Null where there are none. */
  readonly reports: Reports | null;
  readonly standing: QueueItemView['author']['standing'];
  readonly claim: ClaimRow | null;
  readonly noteCount: number;
  readonly submittedAt: Date;
  readonly publishedAt: Date | null;
  readonly editedAt: Date | null;
  readonly campaign: CampaignLabel | null;
  readonly label: Label | null;
  readonly probability: number | null;
  readonly score: number | null;
  readonly isBlind: boolean;
  readonly signals: Signal[] | null;
}

const ENOUGH = 100;
const MOST_REASONS = 5;

/** Served by the index alone: the comment itself is taken off the count of its own status afterwards. */
const HISTORY = (['published', 'approved', 'pending', 'spam', 'rejected'] as const)
  .map(
    (status) => `'${status}', (select count(*) from (select 1 from comment h where h.site_id = c.site_id
      and h.author_key = c.author_key and h.status = '${status}' and c.author_key <> ''
      limit ${ENOUGH + 1}) counted)`,
  )
  .join(', ');

const CAMPAIGN = `(select json_build_object('id', k.id, 'size', k.size) from campaign k
  where k.site_id = c.site_id and k.id = c.campaign_id and k.size > 1)`;

/** As rarely as there are reports, their table is asked. */
const REPORTS = `case when c.report_count > 0 then json_build_object('count', c.report_count, 'reasons', (
  select coalesce(json_agg(r.reason order by r.at, r.reporter), '[]') from (
    select * from comment_report p where p.site_id = c.site_id and p.comment_id = c.id and p.settled_at is null
       and p.reason is not null order by p.at, p.reporter limit ${MOST_REASONS}) r)) end`;

/** Each by an index that begins with the site. A rule that allows wins over one that puts away, here as in screening. */
const TOGETHER = `
  (select case r.action when 'allow' then 'trusted' else 'banned' end from site_rule r
    where r.site_id = c.site_id and r.value = c.author_key and r.field = 'address' and r.match = 'exact'
      and r.action in ('allow', 'spam') and c.author_key <> '' order by r.action limit 1) as standing,
  (select json_build_object('id', k.actor_id, 'name', k.actor_name, 'until', k.until) from comment_claim k
    where k.site_id = c.site_id and k.comment_id = c.id and k.until > clock_timestamp()) as claim,
  (select count(*)::int from moderator_note n where n.site_id = c.site_id and n.comment_id = c.id)
  + (select count(*)::int from moderator_note n where n.site_id = c.site_id and n.author_key = c.author_key) as "noteCount"`;

/** The columns of a queue row, from `comment c join article a`. */
export const QUEUE_COLUMNS = `
  c.id, c.status, c.version, c.body, c.html, c.renderer_version as "rendererVersion", c.author_name as "authorName",
  c.author_email as "authorEmail", c.author_url as "authorUrl", c.account_id is not null as "isVerified", json_build_object(${HISTORY}) as history,
  a.key as "articleKey", a.url as "articleUrl", a.title as "articleTitle", c.parent_id as "parentId", c.language, ${REPORTS} as reports,
  c.submitted_at as "submittedAt", c.published_at as "publishedAt", c.edited_at as "editedAt", ${CAMPAIGN} as campaign, c.verdict_label as label,
  c.verdict_probability as probability, c.verdict_score as score, c.verdict_signals as signals, c.is_blind as "isBlind", ${TOGETHER}`;

/** @param me the id of who reads it */
export function viewQueueItem(row: QueueRow, me: string): QueueItemView {
  return {
    id: row.id,
    status: row.status,
    version: row.version,
    body: row.body,
    html: renderedHtml(row),
    author: viewAuthor(row),
    authorHistory: withoutItself(row),
    article: { key: row.articleKey, url: row.articleUrl, title: row.articleTitle },
    parentId: row.parentId,
    language: row.language,
    reports: row.reports ?? { count: 0, reasons: [] },
    claim: row.claim && viewClaim(row.claim, me),
    noteCount: row.noteCount,
    submittedAt: row.submittedAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    editedAt: row.editedAt?.toISOString() ?? null,
    campaign: isWithheld(row) ? null : row.campaign,
    blind: isWithheld(row),
    verdict: viewVerdict(row),
  };
}

function viewAuthor({ authorName, authorEmail, authorUrl, standing, isVerified }: QueueRow): QueueItemView['author'] {
  return { name: authorName, email: authorEmail, url: authorUrl, standing, verified: isVerified };
}

/** Who takes a decision back puts the comment back as it was, and its verdict behind the curtain. */
function isWithheld({ isBlind, status }: QueueRow): boolean {
  return isBlind && status === 'pending';
}

function viewVerdict(row: QueueRow): VerdictView | null {
  const { label, probability, score, signals } = row;
  if (label === null || probability === null || isWithheld(row)) return null;
  return { label, probability, score, signals: signals ?? [] };
}

function withoutItself({ history, status }: QueueRow): QueueItemView['authorHistory'] {
  const counts = Object.entries(history).map(([name, count]): [string, number] => {
    return [name, Math.min(ENOUGH, Math.max(0, name === status ? count - 1 : count))];
  });
  return Object.fromEntries(counts) as unknown as QueueItemView['authorHistory'];
}
