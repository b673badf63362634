import type { Page } from 'playwright-core';
import { areVectorsThere, attack, attackVectors, findStrangers, WATCH } from '../support/attacks.js';
import type { VisitOptions } from '../support/browser.js';
import { asSuperuser } from '../support/test-accounts.js';
import { cards, describeDesk, openQueue } from '../support/desk-stage.js';
import { EmbeddingPage } from '../support/embedding-page.js';
import type { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

/*
 * Other people's attacks, posted once as body, name, website and title: read by a moderator, then published and shown.
 * A sample, because all of them take minutes: `npm run test:attacks` takes them all.
 */

const TAKES_ALL = process.env.ATTACKS === 'all';
const ONE_IN = 10;

/** The desk draws a long list slowly; so it is read by article. */
const PER_ARTICLE = 100;
const WIDGETS_AT_ONCE = 8;
const ARTICLES = '.articles > li';
/** The list has in the page only what can be seen: a tall window sees it in fewer steps. */
const TALL = { viewport: { width: 1280, height: 4_000 } };

const AT_THE_DESK = `document.querySelectorAll('article.card :is(.body, bdi, .website)')`;
const IN_WIDGETS = `[...document.querySelectorAll('winnow-comments')].flatMap(({ shadowRoot }) =>
  [...shadowRoot.querySelectorAll('article .body, article .author, details .body')])`;
const IN_A_FEED = `document.querySelectorAll('.winnow-body, bdi')`;

(areVectorsThere ? describe : describe.skip)('attacks', () => {
  const vectors = attackVectors().filter((_, index) => TAKES_ALL || index % ONE_IN === 0);
  const articles = new Map<string, string[]>();
  for (let at = 0; at < vectors.length; at += PER_ARTICLE)
    articles.set(`/attacks-${at}`, vectors.slice(at, at + PER_ARTICLE));

  describeDesk('in comments', (stage) => {
    let site: TestSite;
    let embedding: EmbeddingPage;
    let taken = 0;

    beforeAll(async () => {
      embedding = await EmbeddingPage.serve(stage().service.url);
      site = await stage().makeSite({ settings: { moderation: 'all' }, origins: [embedding.url] });
      await attack(stage().service.anonymous, site, articles);
      await waitUntil(async () => (await site.counts()).received === 0, 'all are screened', 60_000);
      const { pending = 0, spam = 0 } = await site.counts();
      taken = pending + spam;
    }, 120_000);
    afterAll(() => embedding.close());

    async function enter(options: VisitOptions): Promise<Page> {
      const page = await stage().visit(options);
      await page.addInitScript(WATCH);
      return page;
    }

    it('are nearly all taken, so that there is something to show', () => {
      expect(taken).toBeGreaterThan(vectors.length * 0.95);
    });

    it('do nothing at the desk: no hook fires, the policy has nothing to say, nothing is asked of strangers', async () => {
      const page = await enter(TALL);
      let seen = 0;
      for (const status of ['pending', 'spam']) {
        for (const key of articles.keys()) {
          if ((await site.queue(`?status=${status}&limit=1`, key)).items.length === 0) continue;
          await openQueue(page, site, `?status=${status}&article=${encodeURIComponent(key)}`);
          await cards(page).first().waitFor();
          const found = await page.evaluate<{ seen: number; strangers: string[] }>(READ_ALL_CARDS);
          expect(found.strangers).toEqual([]);
          seen += found.seen;
        }
        await cards(page).last().getByRole('button', { name: 'Open' }).click();
        await page.getByLabel('New note').waitFor();
        await expectHarmless(page, AT_THE_DESK);
      }
      expect(seen).toBe(taken);
    }, 600_000);

    it('do nothing as titles, in the list of the articles', async () => {
      const titled = await stage().makeSite();
      await asSuperuser(
        stage().service,
        `insert into article (site_id, id, key, title, open, published_count, created_at)
         select s.id, gen_random_uuid(), '/' || t.place, left(t.title, 500), true, 0, now()
           from site s, unnest($2::text[]) with ordinality t(title, place) where s.key = $1`,
        [titled.key, vectors.filter(isStorable)],
      );
      const page = await enter({});
      let seen = 0;
      let next: string | null = `/desk/sites/${titled.key}/articles`;
      while (next !== null) {
        await page.goto(next);
        await expectHarmless(page, `document.querySelectorAll('main bdi')`);
        seen += await page.locator(ARTICLES).count();
        next = await page.evaluate(`document.querySelector('a[rel=next]')?.getAttribute('href') ?? null`);
      }
      expect(seen).toBe(vectors.filter(isStorable).length);
    }, 60_000);

    describe('that were published', () => {
      beforeAll(async () => {
        for (const status of ['pending', 'spam']) {
          const ids = (await site.all(`?status=${status}&limit=100`)).map(({ id }) => id);
          for (let at = 0; at < ids.length; at += 500) {
            const body = { action: 'publish', ids: ids.slice(at, at + 500) };
            await site.moderator.post(site.path('/moderation/decisions'), body);
          }
        }
        expect((await site.counts()).published).toBe(taken);
      }, 60_000);

      it('would be noticed: a policy that only reports lets a hook fire, and says what it breaks', async () => {
        const page = await enter({ as: undefined });
        await page.route('**://stranger.test/**', (route) => route.fulfill({ body: '' }));
        const body = '<img src="x" onerror="alert(1)"><script>alert(2)</script><img src="http://stranger.test/x">';
        embedding.show({ body, policy: 'reported' });
        await page.goto(embedding.url);
        await waitUntil(() => page.evaluate<boolean>(`fired.includes('alert: 1')`), 'the handler has run');
        expect(await page.evaluate('fired')).toEqual(
          expect.arrayContaining(['alert: 1', 'alert: 2', ...PROBED.map((directive) => `policy: ${directive}`)]),
        );
        expect(await stage().leave()).toContain('asks stranger.test');
      });

      it.each(['enforced', 'reported'] as const)(
        'run nothing, ask nobody and break no policy in the widget; policy of the page: %s',
        async (policy) => {
          const page = await enter({ as: undefined });
          let shown = 0;
          for (let at = 0; at < articles.size; at += WIDGETS_AT_ONCE) {
            const keys = [...articles.keys()].slice(at, at + WIDGETS_AT_ONCE);
            embedding.show({ body: keys.map((key) => widget(site, key)).join(''), policy });
            // Looking for a comment that is not there, a widget shows them all.
            await page.goto(`${embedding.url}/?${at}#comment-none`);
            shown += await untilAllShow(page, site, keys);
            await expectHarmless(page, IN_WIDGETS);
          }
          expect(shown).toBe(taken);
        },
        60_000,
      );

      it('run nothing and ask nobody in the feeds, on a page that includes one and in a reader that believes it', async () => {
        const page = await enter({ as: undefined });
        let shown = 0;
        for (const key of articles.keys()) shown += await readFeed(page, site.articlePath(key, '/feed.html?limit=100'));
        expect(shown).toBe(taken);
        expect(await readAsAFeedReader(page, site)).toBe(taken);
      }, 60_000);

      it('are text in the preview', async () => {
        embedding.show(widget(site, '/preview'));
        const page = await enter({ as: undefined });
        await page.goto(embedding.url);
        await page.getByText('Preview').click();
        expect(await page.evaluate(`(${PREVIEW_ALL})(${JSON.stringify(vectors)})`)).toEqual([]);
        expect(await page.evaluate('fired')).toEqual([]);
      }, 60_000);
    });
  });
});

/** PostgreSQL keeps neither; the edge refuses both. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0') && text.trim() !== '';
}

const PROBED = ['script-src-attr', 'script-src-elem', 'img-src'];

function widget({ key }: TestSite, article: string): string {
  return `<winnow-comments site="${key}" article="${article}" loading="eager"></winnow-comments>`;
}

async function expectHarmless(page: Page, parts: string): Promise<void> {
  expect(await page.evaluate('fired')).toEqual([]);
  expect(await page.evaluate(findStrangers(parts))).toEqual([]);
}

/** @returns how many comments the widgets show */
async function untilAllShow(page: Page, site: TestSite, keys: readonly string[]): Promise<number> {
  let published = 0;
  for (const key of keys) {
    const { body } = await site.moderator.get<{ article: { commentCount: number } }>(
      site.articlePath(key, '/comments'),
    );
    published += body.article.commentCount;
  }
  const shown = page.locator('winnow-comments article');
  await waitUntil(async () => (await shown.count()) === published, 'all comments are shown', 20_000);
  return published;
}

/** @returns how many comments it shows */
async function readFeed(page: Page, path: string): Promise<number> {
  await page.goto(path);
  await expectHarmless(page, IN_A_FEED);
  return page.locator('article').count();
}

/** The feed of the whole site, shown by a reader that believes it. @returns how many comments it has */
async function readAsAFeedReader(page: Page, site: TestSite): Promise<number> {
  let shown = 0;
  let next: string | undefined = site.path('/feed.json?limit=100');
  while (next !== undefined) {
    const { body }: { body: JsonFeed } = await site.moderator.get<JsonFeed>(next);
    await page.setContent(body.items.map(({ content_html: html }) => `<article>${html}</article>`).join(''));
    await expectHarmless(page, `document.querySelectorAll('article')`);
    shown += await page.locator('article').count();
    const url: URL | undefined = body.next_url === undefined ? undefined : new URL(body.next_url);
    next = url && url.pathname + url.search;
  }
  return shown;
}

interface JsonFeed {
  readonly items: readonly { readonly content_html: string }[];
  readonly next_url?: string;
}

/** From the first card to the last, a window at a time: each begins with the card that the one before ended with. */
const READ_ALL_CARDS = `(async () => {
  const seen = new Set();
  const strangers = new Set();
  for (let isAtEnd = false; !isAtEnd;) {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const cards = [...document.querySelectorAll('article.card')];
    for (const { id } of cards) seen.add(id);
    for (const stranger of ${findStrangers(AT_THE_DESK)}) strangers.add(stranger);
    const last = cards.at(-1);
    last?.scrollIntoView({ behavior: 'instant' });
    isAtEnd = last?.getAttribute('aria-posinset') === last?.getAttribute('aria-setsize');
  }
  return { seen: seen.size, strangers: [...strangers, ...fired] };
})()`;

const PREVIEW_ALL = `(vectors) => vectors.flatMap((vector) => {
  const root = document.querySelector('winnow-comments').shadowRoot;
  const field = root.querySelector('textarea');
  field.value = vector;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return ${findStrangers(IN_WIDGETS)};
})`;
