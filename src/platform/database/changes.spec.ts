import type { EntityManager } from 'typeorm';
import { newId, type CommentId, type SiteId } from '../ids.js';
import { articleDigest, Changes, type ClaimNews, type CommentsChange, type MoveNews } from './changes.js';
import { Listener } from './listener.js';

const site = newId<SiteId>();
const CHANNEL = 'winnow_comments';

/** Records what would be sent, and hands it to the listener as PostgreSQL would. */
class Loop {
  readonly payloads: string[] = [];
  readonly listener = new Listener('postgres://nobody@127.0.0.1:1/none', []);
  readonly changes = new Changes(this.listener);
  readonly heard: CommentsChange[] = [];

  constructor() {
    this.changes.onCommentsChanged((change) => this.heard.push(change));
  }

  async tell(change: CommentsChange): Promise<void> {
    const manager = {
      query: (_sql: string, [, payloads]: [string, string[]]) => {
        this.payloads.push(...payloads);
        return Promise.resolve();
      },
    };
    await this.changes.tellComments(manager as unknown as EntityManager, change);
    for (const payload of this.payloads) this.listener.emit('notification', CHANNEL, payload);
  }
}

function moves(count: number): MoveNews[] {
  return Array.from({ length: count }, (_, index) => ({
    id: newId<CommentId>(),
    from: 'received',
    to: 'published',
    version: 2,
    seq: index + 1,
  }));
}

describe('news of comments', () => {
  it('arrive as they were told', async () => {
    const loop = new Loop();
    const change = { site, articles: [articleDigest('/a')], moves: moves(3) };
    await loop.tell(change);
    expect(loop.heard).toEqual([change]);
  });

  it('of 500 moves in 500 articles are split below what PostgreSQL takes, and lose no move and no order', async () => {
    const loop = new Loop();
    const all = moves(500);
    await loop.tell({ site, articles: all.map(({ id }) => articleDigest(id)), moves: all });
    for (const payload of loop.payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
    expect(loop.heard.flatMap((change) => change.moves)).toEqual(all);
    expect(loop.heard.some((change) => change.articles === null)).toBe(true);
  });

  it('name every article, or say that all may have changed', async () => {
    const loop = new Loop();
    const all = moves(300);
    const articles = all.slice(0, 50).map(({ id }) => articleDigest(id));
    await loop.tell({ site, articles, moves: all });
    const named = loop.heard.flatMap((change) => change.articles ?? articles);
    expect(new Set(named)).toEqual(new Set(articles));
  });

  it('that are no news of ours upset nobody: any login may send on the channel', () => {
    const { listener } = new Loop();
    for (const payload of ['', 'null', '{}', '[', '[1,2,3]', '["x",null,[null]]']) {
      expect(() => listener.emit('notification', CHANNEL, payload)).not.toThrow();
    }
  });

  it('are not heard any more by those who stopped listening', async () => {
    const loop = new Loop();
    let count = 0;
    const stop = loop.changes.onCommentsChanged(() => count++);
    stop();
    stop();
    await loop.tell({ site, articles: [], moves: moves(1) });
    expect(count).toBe(0);
    expect(loop.heard).toHaveLength(1);
  });
});

describe('news of a claim', () => {
  const CLAIMS = 'winnow_claims';

  it('arrive as they were told, and upset nobody where they are none of ours', () => {
    const { listener, changes } = new Loop();
    const heard: ClaimNews[] = [];
    changes.onClaimed((news) => heard.push(news));
    for (const payload of ['', 'null', '{}', '[1,2,3,4,5]', '["a","b","c","d",5]', '["a","b","c","d"]']) {
      expect(() => listener.emit('notification', CLAIMS, payload)).not.toThrow();
    }
    expect(heard).toEqual([]);
    listener.emit('notification', CLAIMS, '["a","b","c","Mo",null]');
    expect(heard).toEqual([{ site: 'a', id: 'b', by: { id: 'c', name: 'Mo' }, until: null }]);
  });
});

describe('a gap', () => {
  it('counts as a change of the sites', () => {
    const { listener, changes } = new Loop();
    let sites = 0;
    let gaps = 0;
    changes.onSitesChanged(() => sites++);
    changes.onGap(() => gaps++);
    listener.emit('subscribed');
    listener.emit('notification', 'winnow_sites', '');
    expect([sites, gaps]).toEqual([2, 1]);
  });

  it('is what a listener has that is not connected', () => {
    expect(new Loop().changes.isLive).toBe(false);
  });
});
