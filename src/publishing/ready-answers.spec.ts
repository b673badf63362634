import { articleDigest, type CommentsChange } from '../platform/database/changes.js';
import type { SiteId } from '../platform/ids.js';
import { makeReadyAnswer, type ReadyAnswer } from './ready-answer.js';
import { ReadyAnswers, type News } from './ready-answers.js';

const SITE = 'site-1' as SiteId;
const OTHER_SITE = 'site-2' as SiteId;
const ROOMY = 2 ** 20;

/** News that the test says. */
class SpokenNews implements News {
  isLive = true;
  #comments: ((change: CommentsChange) => void)[] = [];
  #everything: (() => void)[] = [];

  onCommentsChanged(heard: (change: CommentsChange) => void): () => void {
    this.#comments.push(heard);
    return () => undefined;
  }

  onSitesChanged(heard: () => void): void {
    this.#everything.push(heard);
  }

  onGap(heard: () => void): void {
    this.#everything.push(heard);
  }

  tell(site: SiteId, articleKeys: readonly string[] | null): void {
    for (const heard of this.#comments) heard({ site, articles: articleKeys?.map(articleDigest) ?? null, moves: [] });
  }

  /** The first is that of the sites, the second that of a gap. */
  tellOf(which: 'sites' | 'gap'): void {
    this.#everything[which === 'sites' ? 0 : 1]?.();
  }
}

/** A load that ends when the test says so. */
function heldLoad(): { make: () => Promise<ReadyAnswer>; finish: (text: string) => void; fail: () => void } {
  let finish: (text: string) => void = () => undefined;
  let fail: () => void = () => undefined;
  const result = new Promise<ReadyAnswer>((resolve, reject) => {
    finish = (text) => {
      resolve(answer(text));
    };
    fail = () => {
      reject(new Error('no database'));
    };
  });
  return { make: () => result, finish, fail };
}

function answer(text: string, isLasting = true): ReadyAnswer {
  return makeReadyAnswer(text, 'text/plain', isLasting);
}

function open(mostBytes = ROOMY): {
  news: SpokenNews;
  ready: ReadyAnswers;
  clock: { ms: number };
  fill: (name: string, site: SiteId, article: string | null, text?: string) => Promise<ReadyAnswer>;
  remembered: (...names: string[]) => string[];
} {
  const news = new SpokenNews();
  const clock = { ms: 1_000 };
  const ready = new ReadyAnswers(mostBytes, news, () => clock.ms);
  return {
    news,
    ready,
    clock,
    fill: (name, site, article, text = name) =>
      ready.load(name, { site, article }, () => Promise.resolve(answer(text))),
    remembered: (...names) => names.filter((name) => ready.get(name) !== undefined),
  };
}

describe('what is remembered', () => {
  it('answers again with the same bytes and loads no more', async () => {
    const { ready, fill } = open();
    const first = await fill('a', SITE, '/a');
    expect(ready.get('a')).toBe(first);
  });

  it('shares one load among readers who miss at the same time', async () => {
    const { ready } = open();
    const { make, finish } = heldLoad();
    let loads = 0;
    const counted = (): Promise<ReadyAnswer> => {
      loads++;
      return make();
    };
    const readers = [1, 2, 3].map(() => ready.load('a', { site: SITE, article: '/a' }, counted));
    finish('once');
    expect(new Set(await Promise.all(readers)).size).toBe(1);
    expect(loads).toBe(1);
  });

  it('does not hold answers that are not lasting, such as those of unknown articles', async () => {
    const { ready, remembered } = open();
    await ready.load('a', { site: SITE, article: '/a' }, () => Promise.resolve(answer('nothing', false)));
    expect(remembered('a')).toEqual([]);
    expect(ready.bytes).toBe(0);
  });

  it('tries again after a load that failed', async () => {
    const { ready, fill, remembered } = open();
    const { make, fail } = heldLoad();
    const reading = ready.load('a', { site: SITE, article: '/a' }, make);
    fail();
    await expect(reading).rejects.toThrow('no database');
    await fill('a', SITE, '/a');
    expect(remembered('a')).toEqual(['a']);
  });

  it('stays within its bytes and lets go what was read longest ago', async () => {
    // Three with what they cost besides, their packed form included.
    const { ready, fill, remembered } = open(11_000);
    for (const name of ['a', 'b', 'c', 'd']) await fill(name, SITE, `/${name}`, 'x'.repeat(2_000));
    expect(ready.bytes).toBeLessThanOrEqual(11_000);
    expect(remembered('a', 'b', 'c', 'd')).toEqual(['b', 'c', 'd']);
  });

  it('survives an answer that is larger than all its room', async () => {
    const { news, ready, fill, remembered } = open(10_000);
    expect((await fill('a', SITE, '/a', 'x'.repeat(20_000))).body.length).toBe(20_000);
    expect(remembered('a')).toEqual([]);
    expect(ready.bytes).toBe(0);
    news.tell(SITE, ['/a']);
  });
});

describe('news', () => {
  it('of one article takes its answers and those of the site, and leaves the rest', async () => {
    const { news, fill, remembered } = open();
    await fill('a thread', SITE, '/a');
    await fill('a feed', SITE, '/a');
    await fill('b thread', SITE, '/b');
    await fill('site feed', SITE, null);
    await fill('foreign a', OTHER_SITE, '/a');
    await fill('foreign site', OTHER_SITE, null);
    news.tell(SITE, ['/a']);
    const all = ['a thread', 'a feed', 'b thread', 'site feed', 'foreign a', 'foreign site'];
    expect(remembered(...all)).toEqual(['b thread', 'foreign a', 'foreign site']);
  });

  it('of moves that nobody outside sees takes nothing', async () => {
    const { news, fill, remembered } = open();
    await fill('a', SITE, '/a');
    await fill('site feed', SITE, null);
    news.tell(SITE, []);
    expect(remembered('a', 'site feed')).toEqual(['a', 'site feed']);
  });

  it('without names takes all of the site and nothing of another', async () => {
    const { news, fill, remembered } = open();
    await fill('a', SITE, '/a');
    await fill('site feed', SITE, null);
    await fill('foreign', OTHER_SITE, '/a');
    news.tell(SITE, null);
    expect(remembered('a', 'site feed', 'foreign')).toEqual(['foreign']);
  });

  it.each(['sites', 'gap'] as const)('of %s takes everything', async (which) => {
    const { news, fill, remembered } = open();
    await fill('a', SITE, '/a');
    await fill('foreign', OTHER_SITE, null);
    news.tellOf(which);
    expect(remembered('a', 'foreign')).toEqual([]);
  });

  it('finds an article whose answers were partly pushed out', async () => {
    const { news, fill, remembered } = open(10_000);
    for (const name of ['1', '2', '3', '4']) await fill(name, SITE, '/a', 'x'.repeat(2_000));
    await fill('4', SITE, '/a', 'y'.repeat(2_000));
    news.tell(SITE, ['/a']);
    expect(remembered('1', '2', '3', '4')).toEqual([]);
  });
});

describe('a load under way', () => {
  const told: [string, (news: SpokenNews) => void][] = [
    [
      'its article',
      (news) => {
        news.tell(SITE, ['/a']);
      },
    ],
    [
      'its whole site',
      (news) => {
        news.tell(SITE, null);
      },
    ],
    [
      'all sites',
      (news) => {
        news.tellOf('sites');
      },
    ],
    [
      'a gap',
      (news) => {
        news.tellOf('gap');
      },
    ],
  ];

  it.each(told)('is answered but not remembered after news of %s', async (_what, tell) => {
    const { news, ready, fill, remembered } = open();
    const { make, finish } = heldLoad();
    const early = ready.load('a', { site: SITE, article: '/a' }, make);
    tell(news);
    const late = fill('a', SITE, '/a', 'after');
    finish('before');
    expect((await early).body.toString()).toBe('before');
    expect((await late).body.toString()).toBe('after');
    expect(remembered('a')).toEqual(['a']);
    expect(ready.get('a')?.body.toString()).toBe('after');
  });

  it('is remembered after news of another article', async () => {
    const { news, ready, remembered } = open();
    const { make, finish } = heldLoad();
    const reading = ready.load('a', { site: SITE, article: '/a' }, make);
    news.tell(SITE, ['/b']);
    news.tell(OTHER_SITE, ['/a']);
    finish('still true');
    await reading;
    expect(remembered('a')).toEqual(['a']);
  });

  it('is not remembered when news comes before it and a later load ends first', async () => {
    const { news, ready, fill } = open();
    const { make, finish } = heldLoad();
    const early = ready.load('a', { site: SITE, article: '/a' }, make);
    news.tell(SITE, ['/a']);
    await fill('a', SITE, '/a', 'after');
    finish('before');
    await early;
    expect(ready.get('a')?.body.toString()).toBe('after');
  });
});

describe('life', () => {
  it('is a minute while news is heard, because articles close by themselves', async () => {
    const { clock, fill, remembered } = open();
    await fill('a', SITE, '/a');
    clock.ms += 59_999;
    expect(remembered('a')).toEqual(['a']);
    clock.ms += 1;
    expect(remembered('a')).toEqual([]);
  });

  it('is two seconds from the beginning of the load while no news is heard', async () => {
    const { news, clock, ready, remembered } = open();
    const { make, finish } = heldLoad();
    const reading = ready.load('a', { site: SITE, article: '/a' }, make);
    clock.ms += 1_500;
    finish('slow');
    await reading;
    news.isLive = false;
    expect(remembered('a')).toEqual(['a']);
    clock.ms += 500;
    expect(remembered('a')).toEqual([]);
  });
});
