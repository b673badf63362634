// A tenant with at least two of everything that has an id, and a word of its own in every text, name and address.
import { asSuperuser, makeAccount, signInMember } from './test-accounts.js';
import type { TestClient } from './test-client.js';
import type { TestService } from './test-service.js';
import { TestSite, unlikeOthers, type Detail, type Queue } from './test-site.js';
import { waitUntil } from './wait-until.js';

export interface Tenant {
  readonly word: string;
  readonly site: TestSite;
  readonly owner: TestClient;
  /** With all scopes. */
  readonly key: TestClient;
  /** By the names that stand in paths. */
  readonly ids: Readonly<Record<string, string>>;
  /** One of each status that lasts. */
  readonly comments: readonly string[];
  /** Of notes: on a comment, on its author. */
  readonly notes: Readonly<Record<'comment' | 'author', string>>;
  /** Every id of the tenant that the database knows. */
  readonly everyId: ReadonlySet<string>;
}

export const SCOPES = ['comments:write', 'moderation:read', 'moderation:write', 'site:admin'] as const;
/** Two tenants have articles of the same key. */
export const SHARED_ARTICLE = '/same';
const COPIES = [4, 3];

let serial = 50_000;

export async function makeTenant(
  service: TestService,
  operator: TestClient,
  key: string,
  word: string,
): Promise<Tenant> {
  for (const one of [key, `${key}-two`]) {
    await TestSite.make(operator, service.anonymous, { key: one, name: `The ${word} of ${one}` });
  }
  const owner = await signInMember(service, `owner@${word}.test`, { [key]: 'owner', [`${key}-two`]: 'owner' }, word);
  await service.anonymous.signIn(`owner@${word}.test`, 'a password of a person');
  await makeAccount(service, `moderator@${word}.test`, { [key]: 'moderator' }, undefined, `${word} moderator`);
  const site = TestSite.known(key, owner, service.anonymous);
  const builder = new Builder(service, site, owner, word);
  const comments = await builder.comments();
  const made = { ...(await builder.together(comments)), ...(await builder.acts()), ...(await builder.people()) };
  const ids = { site: key, article: SHARED_ARTICLE, id: comments[0] ?? '', ...made };
  const notes = { comment: made.note, author: made.authorNote };
  const everyId = await builder.everyId();
  return { word, site, owner, key: await site.apiKey(...SCOPES), ids, comments, notes, everyId };
}

class Builder {
  constructor(
    private readonly service: TestService,
    private readonly site: TestSite,
    private readonly owner: TestClient,
    private readonly word: string,
  ) {}

  /** @returns the first is published */
  async comments(): Promise<string[]> {
    const made = await Promise.all(Array.from({ length: 9 }, () => this.#submit()));
    const ids: string[] = [];
    for (const [place, action] of ['publish', 'publish', 'spam', 'approve', 'reject', 'delete'].entries()) {
      await this.site.decided(made[place]!.id, action, undefined, SHARED_ARTICLE);
      ids.push(made[place]!.id);
    }
    // In two articles, both with comments that readers see.
    const elsewhere = await this.#submit({}, `/of-${this.site.key}`);
    await this.site.decided(elsewhere.id, 'publish', undefined, `/of-${this.site.key}`);
    const again = await this.#submit({}, `/of-${this.site.key}`);
    await this.site.decided(again.id, 'publish', undefined, `/of-${this.site.key}`);
    return [...ids, made[6]!.id];
  }

  /** What moderators write and do about one comment, and campaigns. */
  async together(comments: readonly string[]) {
    const one = this.site.path(`/moderation/comments/${comments[0] ?? ''}`);
    const notes: string[] = [];
    for (const place of ['/notes', '/notes', '/author/notes', '/author/notes']) {
      notes.push(await this.#made(`${one}${place}`, { text: `A note of ${this.word}` }));
    }
    await this.#done('POST', `${one}/claim`);
    for (const [nth, count] of COPIES.entries()) {
      const body = `${unlikeOthers(++serial)} ${unlikeOthers(++serial)} By ${this.word}, copied ${String(nth)}.`;
      for (let copy = 0; copy < count; copy++) {
        await this.#submit({
          body,
          author: { name: this.word, email: `c${String(serial)}x${String(copy)}@${this.word}.test` },
        });
      }
    }
    const path = this.site.path('/moderation/campaigns');
    const listed = (await this.owner.get<{ items: { id: string }[] }>(path)).body.items;
    if (listed.length < COPIES.length) throw new Error(`Only ${String(listed.length)} campaigns came of the copies.`);
    return { campaign: listed[0]!.id, note: notes[0]!, authorNote: notes[2]! };
  }

  /** Large acts. */
  async acts() {
    const jobs: string[] = [];
    for (const word of ['jobone', 'jobtwo']) {
      for (let n = 0; n < 2; n++) await this.#submitPending(`${unlikeOthers(++serial)} ${word} by ${this.word}`);
      const body = { action: 'reject', filter: { status: 'pending', q: word }, reason: `A reason of ${this.word}` };
      jobs.push(await this.#made(this.site.path('/moderation/jobs'), body));
      await this.#ended(jobs.at(-1)!);
    }
    await this.#submitPending(`${unlikeOthers(++serial)} grouped by ${this.word}`);
    const group = { action: 'spam', filter: { status: 'pending', q: 'grouped' }, sites: [this.site.key] };
    return { job: jobs[0]!, group: await this.#made('/v1/moderation/jobs', group) };
  }

  /** Rules, keys, people and their links. */
  async people() {
    const rule = (n: number) => {
      return { field: 'text', match: 'word', value: `casino${this.word}${String(n)}`, action: 'hold', note: this.word };
    };
    const rules = [
      await this.#made(this.site.path('/rules'), rule(1)),
      await this.#made(this.site.path('/rules'), rule(2)),
    ];
    const invitations: string[] = [];
    for (const name of ['one', 'two']) {
      const body = { email: `${name}@${this.word}.test`, role: 'viewer' };
      invitations.push(await this.#made(this.site.path('/invitations'), body));
    }
    const key = await this.#made(this.site.path('/api-keys'), {
      name: `Key of ${this.word}`,
      scopes: ['moderation:read'],
    });
    const rows = await asSuperuser<{ session: string; account: string }>(
      this.service,
      `select s.id session, m.id account from account m, session s join account a on a.id = s.account_id
        where a.email = $1 and m.email = $2`,
      [`owner@${this.word}.test`, `moderator@${this.word}.test`],
    );
    return { rule: rules[0]!, invitation: invitations[0]!, key, ...rows[0]! };
  }

  async everyId(): Promise<Set<string>> {
    const tables = await tenantTables(this.service, 'id');
    const site = `(select id from site where key = '${this.site.key}')`;
    const ids = tables.map((table) => `select id::text from ${table} where site_id = ${site}`);
    const account = `select account_id::text from membership where site_id = ${site}`;
    const rows = await asSuperuser<{ id: string }>(this.service, [...ids, account].join(' union '));
    return new Set(rows.map(({ id }) => id));
  }

  async #submit(input: Record<string, unknown> = {}, article = SHARED_ARTICLE): Promise<Detail> {
    const author = { name: `${this.word} Ada`, email: `ada@${this.word}.test`, url: `https://${this.word}.test/` };
    const body = `${unlikeOthers(++serial)} Says ${this.word}.`;
    const { id } = await this.site.submit(article, { author, body, articleTitle: `On ${this.word}`, ...input });
    return this.site.settled(id);
  }

  /** Whatever the filter makes of its words. */
  async #submitPending(body: string): Promise<void> {
    const { id, status } = await this.#submit({ body });
    if (status !== 'pending') await this.site.decided(id, 'restore', undefined, SHARED_ARTICLE);
  }

  async #made(path: string, body: unknown): Promise<string> {
    return (await this.#done('POST', path, body)).id;
  }

  async #done(method: string, path: string, body?: unknown): Promise<{ id: string }> {
    const answer = await this.owner.request<{ id: string }>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} failed: ${answer.text}`);
    return answer.body;
  }

  async #ended(job: string): Promise<void> {
    const path = this.site.path(`/moderation/jobs/${job}/results`);
    await waitUntil(async () => (await this.owner.get<Queue>(path)).body.items.length === 2, 'the job has two results');
  }
}

/** The tables of tenants that have this column. */
async function tenantTables(service: TestService, column = 'site_id'): Promise<string[]> {
  const rows = await asSuperuser<{ name: string }>(
    service,
    `select t.table_name "name" from information_schema.columns t
       join information_schema.columns c on c.table_name = t.table_name and c.table_schema = t.table_schema
      where t.table_schema = 'public' and t.column_name = 'site_id' and c.column_name = $1 order by 1`,
    [column],
  );
  return rows.map(({ name }) => name);
}

/** What of a tenant stands in a text, of that which one did not send. */
export function bytesOf(tenant: Tenant, text: string, sent = ''): string[] {
  const lower = text.toLowerCase();
  const known = [...tenant.everyId].filter((id) => lower.includes(id) && !sent.includes(id));
  return lower.includes(tenant.word) && !sent.toLowerCase().includes(tenant.word) ? [tenant.word, ...known] : known;
}

/** Everything that the database holds of a tenant, but for when its keys were used. */
export async function kept(service: TestService, { site }: Tenant): Promise<Record<string, string>> {
  const held: Record<string, string> = {};
  for (const table of await tenantTables(service)) {
    const rows = await asSuperuser<{ rows: string }>(
      service,
      `select coalesce(md5(string_agg(r.row, '|' order by r.row)), '') "rows" from ${table} t, lateral (select (to_jsonb(t) - 'last_used_at')::text "row") r
        where site_id = (select id from site where key = $1)`,
      [site.key],
    );
    held[table] = rows[0]!.rows;
  }
  return held;
}
