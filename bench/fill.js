// Fills a migrated database with comments, as fast as PostgreSQL can: no indexes, no triggers while it inserts.
import pg from 'pg';

/** Holds six tenths of all comments; the rest is spread over other sites, so that other tenants' rows lie between. */
export const SITE = '00000000-0000-7000-8000-000000000001';
const OTHER_SITES = 1_000;
const ARTICLES_PER_SITE = 2_000;

/** Comments in one statement, so that a long fill shows how far it is. */
const CHUNK = 250_000;

const TABLES = ['article', 'comment', 'comment_event', 'comment_link', 'comment_search', 'site_counter'];

// 32,768 different words of three syllables, so that each is rare: 90 among five million comments of the big site.
const SYLLABLES =
  'ba dor fel gim hun jas kel lom mir nat pol qui ros sil tam urb ved wex yor zan bri cle dru fro gle kri plo sta tru vle swo zwi'.split(
    ' ',
  );
const OPENINGS = [
  'Thank you for this article, it answers what I wanted to know about',
  'I have read the second paragraph three times and still wonder about',
  'My neighbour wrote a whole letter to the council because of',
  'Nobody at our library had ever heard of',
  'As a teacher I would like to add something on',
  'The photograph shows the old station and not',
  'We tried the same thing last winter, but with',
  'Could the author say a little more about',
];
const MIDDLES = [
  'which costs more than most people think,',
  'although the comment above says the opposite,',
  'and my children laughed at me for it,',
  'as it was done here before the war,',
  'which took the whole afternoon and half of the night,',
  'even though the recipe asks for something else,',
  'and that is why the bridge was closed for years,',
  'a question that the last issue left open,',
];
const ENDINGS = [
  'so please keep writing.',
  'and I would do it again.',
  'but that is another story.',
  'as every gardener knows.',
  'or did I miss something?',
  'and the train was late again.',
  'which is a pity, because the idea is good.',
  'and so the story goes on.',
];

/** Words that stand in a large part of all comments. */
export const COMMON_WORDS = ['article', 'paragraph', 'comment', 'library', 'council', 'recipe', 'winter', 'story'];

/** The word with this number, below 32,768; RARE_WORD is the same in SQL. */
export function rareWord(hash) {
  return [hash >> 10, hash >> 5, hash].map((part) => SYLLABLES[part & 31]).join('');
}

/** @param {string} url of a superuser */
export async function fillWithComments(url, count, say) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const step = async (what, sql, values) => {
    const start = performance.now();
    say(`${what} …`);
    await client.query(sql, values);
    say(`${what}: ${Math.round((performance.now() - start) / 1000)} s`);
  };
  try {
    await client.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'");
    const { rows: indexes } = await client.query(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
         from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relname = any($1) and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
      [TABLES],
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await step('sites and articles', SITES_AND_ARTICLES);
    for (let first = 1; first <= count; first += CHUNK) {
      const last = Math.min(count, first + CHUNK - 1);
      await step(`comments ${first} to ${last} of ${count}`, COMMENTS, [count, first, last]);
    }
    await step('events', EVENTS);
    await step('what the search looks through', SEARCH);
    await step('links', LINKS);
    await step('counters', COUNTERS);
    for (const { name, definition } of indexes) await step(`index ${name}`, definition);
    await step('vacuum analyze', 'vacuum analyze');
  } finally {
    await client.end();
  }
}

const SITES_AND_ARTICLES = `
  insert into site (id, key, name, origins, settings, created_at)
  select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'site-' || n, 'Site ' || n, '{}', '{}', now()
    from generate_series(1, ${OTHER_SITES + 1}) n;
  insert into article (site_id, id, key, url, title, created_at)
  select s.id, md5(s.key || n)::uuid, 'article-' || n, null, 'Article ' || n, now()
    from site s, generate_series(0, ${ARTICLES_PER_SITE - 1}) n
   where s.id = '${SITE}' or n < 20;`;

const array = (texts) => `(array[${texts.map((text) => pg.escapeLiteral(text)).join(', ')}])`;
const RARE_WORD = [1024, 32, 1].map((part) => `${array(SYLLABLES)}[1 + (w / ${part}) % 32]`).join(' || ');
const BODY = `${array(OPENINGS)}[1 + h % 8] || ' ' || ${RARE_WORD} || ' ' || ${array(MIDDLES)}[1 + (h / 8) % 8] || ' ' ||
  ${array(ENDINGS)}[1 + (h / 64) % 8] || ' (' || n || ')'`;

// A fixed seed of arithmetic instead of random(): the same comments at every run.
const COMMENTS = `
  insert into comment (site_id, id, article_id, parent_id, depth, status, version, revision, author_name, author_email,
                       author_key, body, html, renderer_version, fingerprint, honeypot_filled, client_network,
                       verdict_label, verdict_probability, verdict_signals, decided, submitted_at, published_at, moved_at,
                       next_sweep_at)
  select site, ('018f' || lpad(to_hex(n), 8, '0') || '7000' || substr(md5(n::text), 1, 16))::uuid,
         md5(case when big then 'site-1' else 'site-' || (2 + n % ${OTHER_SITES}) end || (h % articles))::uuid, null, 0,
         status, 2, 1, 'Reader ' || (h % 300000), 'reader' || (h % 300000) || '@example.org',
         'reader' || (h % 300000) || '@example.org',
         body, '<p>' || body || '</p>',
         1, ('x' || substr(md5(n::text), 1, 16))::bit(64)::bigint, false,
         case when n > $1::int * 0.95 then '192.0.2.0/24' end, 'ham', 0.1, '[]',
         case when status = 'approved' or status = 'published' and h % 7 = 0 then 'ham' when status = 'spam' and h % 3 = 0 then 'spam' end,
         at,
         case when status = 'published' then at + interval '1 hour' end, at, at + interval '30 seconds'
    from (select n, h, big, at, ${BODY} as body, case when big then ${ARTICLES_PER_SITE} else 20 end as articles,
                 case when big then '${SITE}'::uuid
                      else ('00000000-0000-7000-8000-' || lpad(to_hex(2 + n % ${OTHER_SITES}), 12, '0'))::uuid end as site,
                 case when n > $1::int - 500 then 'received' when h % 100 < 70 then 'published' when h % 100 < 90 then 'spam'
                      when h % 100 < 94 then 'approved' when h % 100 < 98 then 'rejected' else 'pending' end as status
            from (select n, abs(hashint4(n)) as h, abs(hashint4(-n)) % 32768 as w, n % 10 < 6 as big, now() - ($1::int - n) * interval '10 seconds' as at
                    from generate_series($2::int, $3::int) n) numbered) placed`;

const EVENTS = `
  insert into comment_event (site_id, comment_id, version, seq, action, from_status, to_status, at, actor_kind)
  select site_id, id, 2, row_number() over (partition by site_id order by id), 'screening', 'received', status, moved_at,
         case when status in ('approved', 'rejected') then 'person' else 'screening' end
    from comment where status <> 'received'`;

const SEARCH = `
  insert into comment_search (site_id, comment_id, document)
  select site_id, id, author_name || ' ' || author_email || E'\\n' || body from comment where status <> 'received'`;

// One domain that everybody links to, and many that few do.
const LINKS = `
  insert into comment_link (site_id, comment_id, domain, standing, at)
  select site_id, id, domain, coalesce(decided, 'out'), moved_at
    from comment cross join lateral (values ('popular.com', 10), ('d' || abs(fingerprint % 20000) || '.com', 3)) d(domain, share)
   where (decided is not null or status = 'published') and abs(fingerprint) % share = 0`;

const COUNTERS = `
  update article a set published_count = n from (select site_id, article_id, count(*) n from comment
    where status = 'published' group by 1, 2) c where c.site_id = a.site_id and c.article_id = a.id;
  insert into site_counter (site_id, seq, pending, spam, approved, published, rejected)
  select site_id, count(*), count(*) filter (where status = 'pending'), count(*) filter (where status = 'spam'),
         count(*) filter (where status = 'approved'), count(*) filter (where status = 'published'),
         count(*) filter (where status = 'rejected') from comment group by 1`;
