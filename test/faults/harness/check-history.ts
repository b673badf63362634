import type pg from 'pg';
import { unlikeOthers } from '../../support/test-site.js';
import type { Entry } from './history.js';
import { CANARY } from './open-loop.js';

/*
 * The one judge of every row: holds what the database and the public have in the end to what the client was told. It
 * trusts nothing of the service but its public pages, and says each fault in a sentence.
 */

export interface Evidence {
  readonly history: readonly Entry[];
  /** As a superuser, past every policy. */
  readonly postgres: pg.Client;
  readonly url: string;
  readonly site: string;
}

/** @returns what is wrong; nothing is the only good answer */
export async function checkHistory(evidence: Evidence): Promise<string[]> {
  const faults: string[] = [];
  for (const check of [checkStored, checkOrder, checkPublished, checkPublicBytes])
    faults.push(...(await check(evidence)));
  return faults;
}

/** Every acknowledged comment is there once, under the id that was told; no key and no text is there twice. */
async function checkStored({ history, postgres, site }: Evidence): Promise<string[]> {
  const faults: string[] = [];
  const { rows } = await postgres.query<{ id: string; body: string }>(
    'select c.id, c.body from comment c join site s on s.id = c.site_id where s.key = $1',
    [site],
  );
  const byBody = new Map<string, string[]>();
  for (const { id, body } of rows) byBody.set(body, [...(byBody.get(body) ?? []), id]);
  const idOf = new Map<string, string>();
  for (const entry of history) {
    if (entry.what !== 'ok') continue;
    const told = idOf.get(entry.key) ?? entry.id;
    idOf.set(entry.key, told);
    if (told !== entry.id) faults.push(`key of ${entry.n}: told ${told} and then ${entry.id}`);
    const stored = byBody.get(unlikeOthers(entry.n)) ?? [];
    if (!stored.includes(entry.id)) faults.push(`lost: number ${entry.n}, acknowledged as ${entry.id}`);
  }
  for (const n of new Set(history.map((entry) => entry.n))) {
    const stored = byBody.get(unlikeOthers(n)) ?? [];
    if (stored.length > 1) faults.push(`double: number ${n} is stored ${stored.length} times`);
  }
  return [...new Set(faults)];
}

/** A comment has one verdict for each text, its events are a chain to where it stands, and the site's seq has no hole. */
async function checkOrder({ postgres, site }: Evidence): Promise<string[]> {
  const { rows } = await postgres.query<{ fault: string }>(
    `with mine as (select e.* from comment_event e join site s on s.id = e.site_id where s.key = $1),
     stands as (select c.* from comment c join site s on s.id = c.site_id where s.key = $1)
     select 'no verdict: ' || id as fault from stands where status = 'received'
     union all select 'verdicts: ' || count(*) || ' on ' || e.comment_id from mine e
       left join stands c on c.id = e.comment_id where e.action = 'screening'
       group by e.comment_id, c.revision having count(*) > coalesce(c.revision, 0)
     union all select 'broken chain: ' || e.comment_id || ' at version ' || e.version from mine e
       left join mine p on p.comment_id = e.comment_id and p.version = e.version - 1
       where (e.version > 1 and p.version is null) or e.from_status is distinct from p.to_status or e.seq <= p.seq
     union all select 'stands elsewhere than its last event: ' || id from stands c where not exists (
       select from mine e where e.comment_id = c.id and e.version = c.version and e.to_status = c.status)
     union all select 'hole in the seq: ' || count(seq) || ' events up to ' || max(seq) from mine
       having count(seq) <> coalesce(max(seq), 0)
     union all select 'seq twice: ' || seq from mine where seq is not null group by seq having count(*) > 1
     union all select 'counted otherwise than it is: ' || a.key from article a join site s on s.id = a.site_id
       where s.key = $1 and published_count <> (select count(*) from stands c
         where c.article_id = a.id and c.status = 'published')`,
    [site],
  );
  return rows.map(({ fault }) => fault);
}

/** What readers see was let out by a person, or by a verdict and the policy. */
async function checkPublished({ postgres, site }: Evidence): Promise<string[]> {
  const { rows } = await postgres.query<{ id: string }>(
    `select c.id from comment c join site s on s.id = c.site_id
      where s.key = $1 and c.status = 'published' and not exists (
        select from comment_event e where e.site_id = c.site_id and e.comment_id = c.id and e.to_status = 'published'
           and (e.actor_kind = 'person' or (e.actor_kind = 'screening' and c.verdict_label is not null)))`,
    [site],
  );
  return rows.map(({ id }) => `published by nobody: ${id}`);
}

/** Threads to their last page, and every feed: only what is published, and nobody's address. */
async function checkPublicBytes({ postgres, url, site }: Evidence): Promise<string[]> {
  const faults: string[] = [];
  const { rows } = await postgres.query<{ key: string; ids: string[] }>(
    `select a.key, coalesce(array_agg(c.id) filter (where c.status = 'published'), '{}') as ids from article a
       join site s on s.id = a.site_id left join comment c on c.site_id = a.site_id and c.article_id = a.id
      where s.key = $1 group by a.key`,
    [site],
  );
  const read = async (path: string): Promise<string> => {
    const answer = await fetch(`${url}/v1/sites/${site}/${path}`);
    const text = await answer.text();
    if (answer.status !== 200) faults.push(`${path} answers ${answer.status}`);
    if (text.includes(CANARY)) faults.push(`an address in public: ${path}`);
    return text;
  };
  for (const feed of ['feed.json', 'feed.atom', 'feed.rss']) await read(feed);
  for (const { key, ids } of rows) {
    const article = `articles/${encodeURIComponent(key)}`;
    for (const feed of ['feed.json', 'feed.atom', 'feed.rss', 'feed.html']) await read(`${article}/${feed}`);
    const seen = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const text = await read(`${article}/comments?limit=100${cursor && `&cursor=${cursor}`}`);
      const { comments, nextCursor } = JSON.parse(text) as { comments: { id: string }[]; nextCursor: string | null };
      for (const { id } of comments) seen.add(id);
      cursor = nextCursor;
    }
    const published = new Set(ids);
    for (const id of seen) if (!published.has(id)) faults.push(`seen and not published: ${id}`);
    for (const id of published) if (!seen.has(id)) faults.push(`published and not seen: ${id}`);
  }
  return faults;
}
