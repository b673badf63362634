import { createHash } from 'node:crypto';
import type { Answer, CommentInput, TestClient } from './test-client.js';
import { waitUntil } from './wait-until.js';

/* A site of a test's own, with what most stories do on it. What it does for a story must succeed; it throws otherwise. */

export interface SiteInput {
  readonly key: string;
  readonly name?: string;
  readonly origins?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Item {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly body: string;
  readonly html: string;
  readonly author: {
    readonly name: string;
    readonly email: string;
    readonly url: string | null;
    readonly standing: 'trusted' | 'banned' | null;
    readonly verified: boolean;
  };
  readonly authorHistory: Readonly<Record<string, number>>;
  readonly article: { readonly key: string; readonly url: string | null; readonly title: string | null };
  readonly parentId: string | null;
  readonly reports: { readonly count: number; readonly reasons: readonly string[] };
  readonly claim: Claim | null;
  readonly noteCount: number;
  readonly submittedAt: string;
  readonly publishedAt: string | null;
  readonly editedAt: string | null;
  readonly blind: boolean;
  readonly campaign: { readonly id: string; readonly size: number } | null;
  readonly verdict: {
    readonly label: string;
    readonly probability: number;
    readonly score: number | null;
    readonly signals: readonly {
      readonly name: string;
      readonly weight: number;
      readonly why: string;
      readonly terms?: readonly string[];
    }[];
  } | null;
}

export interface Claim {
  readonly by: { readonly id: string; readonly name: string };
  readonly isYours: boolean;
  readonly until: string;
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
}

export interface Event {
  readonly from: string | null;
  readonly to: string;
  readonly action: string;
  readonly at: string;
  readonly by: string;
  readonly reason?: string;
  readonly note?: string;
}

export interface Detail extends Item {
  readonly revisions: readonly { readonly body: string; readonly replacedAt: string; readonly replacedBy: string }[];
  readonly events: readonly Event[];
  readonly notes: readonly Note[];
  readonly authorNotes: readonly Note[];
}

export interface Submitted {
  readonly id: string;
  readonly status: string;
  readonly receipt: string;
  readonly statusUrl: string;
  readonly emailSuggestion?: string;
}

export interface Queue {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

let serial = 0;

const WORDS =
  'apple river candle winter garden letter window bridge coffee pepper silver button ladder meadow pocket saddle ' +
  'anchor basket copper dragon engine falcon ginger hammer island jacket kettle lemon mirror notebook orange pencil ' +
  'rabbit sailor temple valley walnut yellow bottle carpet desert forest hollow jungle lantern magnet number oyster ' +
  'pigeon quarry ribbon spider ticket umber velvet willow zipper almond beacon cherry donkey ember fiddle gravel';

/** A text unlike those of other numbers: digits alone would make copies of one text. */
export function unlikeOthers(nth: number): string {
  const words = WORDS.split(' ');
  const chosen = [...createHash('sha256').update(String(nth)).digest().subarray(0, 9)].map(
    (byte) => words[byte % words.length],
  );
  return `The ${String(nth)}th thought: ${chosen.join(' ')}.`;
}

export class TestSite {
  private constructor(
    readonly key: string,
    readonly moderator: TestClient,
    private readonly reader: TestClient,
  ) {}

  static async make(operator: TestClient, reader: TestClient, input: SiteInput): Promise<TestSite> {
    const answer = await operator.post('/v1/sites', { name: input.key, ...input });
    if (answer.status !== 201) throw new Error(`Making the site failed: ${answer.text}`);
    const site = new TestSite(input.key, operator, reader);
    await waitUntil(
      async () => (await reader.get(site.path('/articles/a/form'))).status === 200,
      `the site ${input.key} is known`,
    );
    return site;
  }

  /** One that stands already, as `demo` does. */
  static known(key: string, operator: TestClient, reader: TestClient): TestSite {
    return new TestSite(key, operator, reader);
  }

  path(rest = ''): string {
    return `/v1/sites/${this.key}${rest}`;
  }

  articlePath(article: string, rest = ''): string {
    return this.path(`/articles/${encodeURIComponent(article)}${rest}`);
  }

  /** Submits a comment unlike all others, so that it is no repeat of an earlier one, nor nearly. */
  async submit(article = '/a', input: CommentInput = {}): Promise<Submitted> {
    const body = unlikeOthers(++serial);
    const answer = await this.reader.comment<Submitted>(this.key, article, { body, ...input });
    if (answer.status !== 202) throw new Error(`Submitting failed: ${answer.text}`);
    return answer.body;
  }

  async read(id: string): Promise<Detail> {
    const answer = await this.moderator.get<Detail>(this.path(`/moderation/comments/${id}`));
    if (answer.status !== 200) throw new Error(`Reading ${id} failed: ${answer.text}`);
    return answer.body;
  }

  /** The comment once it was screened. */
  async settled(id: string): Promise<Detail> {
    let item = await this.read(id);
    await waitUntil(async () => (item = await this.read(id)).status !== 'received', `the comment ${id} is screened`);
    return item;
  }

  async submitSettled(article = '/a', input: CommentInput = {}): Promise<Detail> {
    return this.settled((await this.submit(article, input)).id);
  }

  /** Submits many at once, and waits for all of them. */
  async submitMany(count: number, article = '/a', input: CommentInput = {}): Promise<string[]> {
    const submitted = await Promise.all(Array.from({ length: count }, () => this.submit(article, input)));
    await waitUntil(async () => (await this.counts()).received === 0, 'nothing waits for its screening', 20_000);
    return submitted.map(({ id }) => id);
  }

  async counts(): Promise<Record<string, number>> {
    const answer = await this.moderator.get<{ counts: Record<string, number> }>(this.path('/moderation/summary'));
    return answer.body.counts;
  }

  decide(id: string, action: string, body?: unknown, article = '/a'): Promise<Answer<Item & { code?: string }>> {
    const comment = this.articlePath(article, `/comments/${id}`);
    return action === 'delete'
      ? this.moderator.request('DELETE', comment, body)
      : this.moderator.post(`${comment}/${action}`, body);
  }

  async decided(id: string, action: string, body?: unknown, article = '/a'): Promise<Item> {
    const answer = await this.decide(id, action, body, article);
    if (answer.status !== 200) throw new Error(`${action} failed: ${answer.text}`);
    return answer.body;
  }

  async published(article = '/a', input: CommentInput = {}): Promise<Item> {
    const { id } = await this.submitSettled(article, input);
    return this.decided(id, 'publish', undefined, article);
  }

  async queue(query = '', article?: string): Promise<Queue> {
    const folder = article === undefined ? this.path() : this.articlePath(article);
    const answer = await this.moderator.get<Queue>(`${folder}/moderation/comments${query}`);
    if (answer.status !== 200) throw new Error(`Listing failed: ${answer.text}`);
    return answer.body;
  }

  /** Every item of a listing, page by page. */
  async all(query: string, article?: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.queue(`${query}${cursor === null ? '' : `&cursor=${cursor}`}`, article);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  async apiKey(...scopes: string[]): Promise<TestClient> {
    const answer = await this.moderator.post<{ key: string }>(this.path('/api-keys'), { name: 'a test', scopes });
    if (answer.status !== 201) throw new Error(`Making a key failed: ${answer.text}`);
    return this.reader.withKey(answer.body.key);
  }
}
