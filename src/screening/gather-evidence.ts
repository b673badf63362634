import type { EntityManager } from 'typeorm';
import type { CommentStatus } from '../comments/comment-status.js';
import type { DecidedLabel } from '../comments/decided-label.js';
import { authorKey } from '../comments/typed-author.js';
import type { Evidence, Facts, LinkDomain } from '../lib/spam/evidence.js';
import { fingerprint } from '../lib/spam/fingerprint.js';
import { linkDomains } from '../lib/spam/link-domains.js';
import { queryPlanned } from '../platform/database/database.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { knownDomains } from './known-domains.js';

type KinFact = 'nearCopies' | 'spamCopies' | 'confirmedElsewhere';

/** A comment still waiting for its verdict, with what the checks may know of it. */
export interface ReceivedComment {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly revision: number;
  readonly submittedAt: Date;
  readonly text: Evidence['comment'];
  /** What the site's settings say, and what the comment has in common with others, is added later. */
  readonly facts: Omit<Facts, 'blockedWords' | 'rules' | 'ownHosts' | 'siteModel' | KinFact>;
  /** The domains it links to, known or not. */
  readonly linkDomains: readonly string[];
  /** Whether a person put it away before its author gave it the text it has now. */
  readonly wasSpam: boolean;
}

interface EvidenceRow {
  readonly wasSpam: boolean;
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly revision: number;
  readonly submittedAt: Date;
  readonly body: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authorUrl: string | null;
  readonly language: string | null;
  readonly articleTitle: string | null;
  readonly honeypotFilled: boolean;
  readonly secondsToWrite: number | null;
  readonly lacksProof: boolean;
  readonly clientNetwork: string | null;
  readonly recentCopies: number;
  readonly authorPublished: number;
  readonly authorSpam: number;
  readonly networkSpam: number;
  readonly networkHam: number;
  readonly authorRecent: number;
  readonly networkRecent: number;
}

/** Counting stops here: a flood of one text must not make each of its copies slower to screen. */
const ENOUGH = 100;
/** Of neighbours fewer are enough: no weight changes after the sixtieth. */
const ENOUGH_NEIGHBOURS = 60;

/**
 * The values as sub-selects: as constants they invite the planner, as long as it knows nothing of the table, to walk an
 * index of everything that has this status.
 */
const OF_AUTHOR = (column: 'status' | 'decided', value: CommentStatus): string => `(select count(*)::int from (
  select 1 from comment r where r.site_id = c.site_id and r.author_key = c.author_key and r.${column} = (select '${value}')
   limit ${ENOUGH}) counted)`;

/** No address: what the people of a site write has none either, and is not this author's. */
const NOBODY = 'nobody';

const TEN_MINUTES = `range between interval '10 minutes' preceding and current row`;

const OF_NETWORK = (decided: DecidedLabel): string => `(select count(*)::int from (
  select 1 from comment r where r.site_id = n.site_id and r.client_network = n.client_network
     and r.decided = (select '${decided}') and r.submitted_at > $3::timestamptz - interval '7 days'
   limit ${ENOUGH_NEIGHBOURS}) counted)`;

/** Where comments stand ten minutes after they came, but for the few that a person has rejected by then. */
const JUST_CAME = `(values ('received'), ('pending'), ('approved'), ('published'), ('spam'))`;

/** By key, and still waiting. */
const STORED = `
  select c.* from unnest($1::uuid[], $2::uuid[]) w(site_id, id)
   cross join lateral (select * from comment o where o.site_id = w.site_id and o.id = w.id offset 0) c
   where c.status = 'received'`;

/** A row that nobody has stored, as if it stood beside the others. */
const TRIED = `
  select c.* from jsonb_populate_record(null::comment, $4::jsonb) c
   where c.site_id = any ($1::uuid[]) and c.id = any ($2::uuid[])`;

/**
 * `came`: what came to the sites of the batch just before, read once for all its comments, the newest of each status. The
 * rate of a flood is known from its last hundreds as well as from all of it, and needs no index that the intake would
 * have to write. `network`: asked once for each, because a flood is mostly from one.
 */
const AROUND = `
  came as materialized (
    select r.* from (
      select site_id, min(submitted_at) - interval '10 minutes' as since, max(submitted_at) as until from c group by 1) s
     cross join ${JUST_CAME} k(status)
     cross join lateral (
       select r.site_id, r.id, r.author_key, r.client_network, r.submitted_at from comment r
        where r.site_id = s.site_id and r.status = k.status and r.account_id is null
          and r.submitted_at between s.since and s.until
        order by r.submitted_at desc limit ${ENOUGH_NEIGHBOURS}) r
    union
    select site_id, id, author_key, client_network, submitted_at from c),
  rate as materialized (
    select id, of_author, of_network from (
      select id, count(*) over author - 1 as of_author, case when client_network is not null
               then count(*) over network - count(*) over author_in_network end as of_network
        from came
      window author as (partition by site_id, author_key order by submitted_at ${TEN_MINUTES}),
             network as (partition by site_id, client_network order by submitted_at ${TEN_MINUTES}),
             author_in_network as (partition by site_id, client_network, author_key order by submitted_at ${TEN_MINUTES})) r
     where id = any ($2::uuid[])),
  network as materialized (
    select n.site_id, n.client_network, ${OF_NETWORK('spam')} as spam, ${OF_NETWORK('ham')} as ham
      from (select distinct site_id, client_network from c where client_network is not null) n)
  select c.site_id as "siteId", c.id, c.revision, c.submitted_at as "submittedAt", c.body, c.author_name as "authorName",
         c.author_email as "authorEmail", c.author_url as "authorUrl", c.language, a.title as "articleTitle",
         c.honeypot_filled as "honeypotFilled", c.seconds_to_write as "secondsToWrite",
         c.lacks_proof as "lacksProof",
         coalesce(c.revision > 1 and c.decided_before = 'spam', false) as "wasSpam",
         c.client_network as "clientNetwork",
         (select count(*)::int from (
           select 1 from comment r where r.site_id = c.site_id and r.fingerprint = c.fingerprint and r.id <> c.id
              and r.status <> 'deleted' and r.account_id is null and r.submitted_at between c.submitted_at - interval '1 day' and c.submitted_at
            limit ${ENOUGH}) copies) as "recentCopies",
         ${OF_AUTHOR('status', 'published')} as "authorPublished", ${OF_AUTHOR('decided', 'spam')} as "authorSpam",
         coalesce(network.spam, 0) as "networkSpam", coalesce(network.ham, 0) as "networkHam",
         coalesce(rate.of_author, 0)::int as "authorRecent", coalesce(rate.of_network, 0)::int as "networkRecent"
    from c
    left join article a on a.site_id = c.site_id and a.id = c.article_id
    left join rate on rate.id = c.id
    left join network on network.site_id = c.site_id and network.client_network = c.client_network`;

const EVIDENCE = `with c as materialized (${STORED}), ${AROUND}`;
const EVIDENCE_OF_TRIED = `with c as materialized (${TRIED}), ${AROUND}`;

/**
 * One query for a whole batch, a look-up by key for each comment, and a second one only where comments hold links. The
 * status is asked after the look-up: within it the planner would rather walk the queue's index through all that is
 * `received`, long exactly when there is much to do. Comments that somebody has moved meanwhile are not in it.
 */
export async function gatherEvidence(
  manager: EntityManager,
  refs: readonly { readonly siteId: SiteId; readonly id: CommentId }[],
  at: Date,
): Promise<ReceivedComment[]> {
  const values = [refs.map(({ siteId }) => siteId), refs.map(({ id }) => id), at];
  const rows = await queryPlanned<EvidenceRow>(manager, {
    name: 'evidence',
    text: EVIDENCE,
    values,
    rows: refs.length,
  });
  return describeAll(manager, rows, at);
}

/** A comment as it would be kept; it stands under no article, and nobody knows where it comes from. */
export interface TriedComment {
  readonly text: Evidence['comment'];
}

/** The same evidence for a text that nobody has sent. */
export async function gatherForTrial(
  manager: EntityManager,
  { siteId, id, at }: { readonly siteId: SiteId; readonly id: CommentId; readonly at: Date },
  { text }: TriedComment,
): Promise<ReceivedComment> {
  const row = {
    ...{ site_id: siteId, id, status: 'received', revision: 1, submitted_at: at },
    ...{ honeypot_filled: false, lacks_proof: false },
    ...{ body: text.body, author_name: text.authorName, author_email: text.authorEmail, author_url: text.authorUrl },
    ...{ author_key: authorKey({ email: text.authorEmail }) || NOBODY, language: text.language },
    fingerprint: fingerprint(text.body).toString(),
  };
  const rows: EvidenceRow[] = await manager.query(EVIDENCE_OF_TRIED, [[siteId], [id], at, JSON.stringify(row)]);
  const titled = rows.map((one) => ({ ...one, articleTitle: text.articleTitle }));
  const [comment] = await describeAll(manager, titled, at);
  if (!comment) throw new Error('PostgreSQL answered the evidence of one text without a row.');
  return comment;
}

async function describeAll(manager: EntityManager, rows: readonly EvidenceRow[], at: Date): Promise<ReceivedComment[]> {
  const linking = rows.map((row) => ({ ...row, linkDomains: linkDomains(row.body, row.authorUrl) }));
  const known = await knownDomains(manager, linking, at);
  return linking.map((row, index) => describe(row, known[index] ?? []));
}

function describe(
  row: EvidenceRow & { readonly linkDomains: readonly string[] },
  known: readonly LinkDomain[],
): ReceivedComment {
  const { siteId, id, revision, submittedAt, body, authorName, authorEmail, authorUrl, language, articleTitle } = row;
  const { honeypotFilled, secondsToWrite, lacksProof, clientNetwork, recentCopies, authorPublished, authorSpam } = row;
  const { networkSpam, networkHam, authorRecent, networkRecent } = row;
  return {
    ...{ siteId, id, revision, submittedAt, linkDomains: row.linkDomains, wasSpam: row.wasSpam },
    text: { body, authorName, authorEmail, authorUrl, language, articleTitle },
    facts: {
      ...{ honeypotFilled, secondsToWrite, lacksProof, clientNetwork, recentCopies, authorPublished, authorSpam },
      ...{ networkSpam, networkHam, authorRecent, networkRecent, linkDomains: known },
    },
  };
}
