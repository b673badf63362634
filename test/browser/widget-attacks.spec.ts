import type { Page } from 'playwright-core';
import { areVectorsThere, attackVectors, findStrangers, WATCH } from '../support/attacks.js';
import { describeWidget, type WidgetStage } from '../support/widget-stage.js';
import { waitUntil } from '../support/wait-until.js';

/* Other people's attacks, posted as body, name and website, and shown by the widget. */

const AT_ONCE = 40;
/** Pages of fifty: a thread is read in few requests, and an article is one page of the browser. */
const PER_ARTICLE = 450;

/** As much of it as the service takes: what it refuses as a name or a website is left out there. */
async function submit({ service, blog }: WidgetStage, article: string, vector: string): Promise<void> {
  const short = Array.from(vector).slice(0, 100).join('');
  const authors = [{ name: short, url: vector }, { name: short }, { url: vector }, {}];
  for (const author of authors) {
    const answer = await service.anonymous.comment('blog', article, {
      author,
      body: Array.from(vector).slice(0, 9_000).join(''),
    });
    if (answer.status === 202) return;
    if (answer.status !== 422) throw new Error(`${blog.key} answers ${answer.status}`);
  }
}

const PARTS = `document.querySelector('winnow-comments').shadowRoot
  .querySelectorAll('article .body, article .author, details .body')`;

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate('globalThis.fired')).toEqual([]);
  expect(await page.evaluate(findStrangers(PARTS))).toEqual([]);
}

(areVectorsThere ? describe : describe.skip)('attacks', () => {
  const vectors = attackVectors();
  const articles = Array.from({ length: Math.ceil(vectors.length / PER_ARTICLE) }, (_, index) => `/attacks-${index}`);

  describeWidget('in a comment', (stage) => {
    const shown = new Map<string, number>();

    beforeAll(async () => {
      const waiting = vectors.map(
        (vector, index) => [articles[Math.floor(index / PER_ARTICLE)] ?? '', vector] as const,
      );
      const work = async (): Promise<void> => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await submit(stage, ...next);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      await waitUntil(async () => (await stage.blog.counts()).received === 0, 'all are screened', 60_000);
      for (const status of ['pending', 'spam']) {
        const ids = (await stage.blog.all(`?status=${status}&limit=100`)).map(({ id }) => id);
        for (let at = 0; at < ids.length; at += 500) {
          const body = { action: 'publish', ids: ids.slice(at, at + 500) };
          await stage.blog.moderator.post(stage.blog.path('/moderation/decisions'), body);
        }
      }
      for (const article of articles) {
        const path = stage.blog.articlePath(article, '/comments');
        const { body } = await stage.service.anonymous.get<{ article: { commentCount: number } }>(path);
        shown.set(article, body.article.commentCount);
      }
    }, 400_000);

    it('are nearly all taken, so that there is something to show', () => {
      const total = [...shown.values()].reduce((sum, count) => sum + count, 0);
      expect(total).toBeGreaterThan(vectors.length * 0.95);
    });

    it.each(['strict', 'none'] as const)(
      'run nothing, ask nobody and break no policy; policy of the page: %s',
      async (policy) => {
        const page = await stage.enter();
        await page.addInitScript(WATCH);
        for (const article of articles) {
          stage.embedding.show({
            body: `<winnow-comments site="blog" article="${article}" loading="eager"></winnow-comments>`,
            hasPolicy: policy === 'strict',
          });
          await page.goto(`/?${article}#comment-none`, { waitUntil: 'load' });
          await page
            .locator('article')
            .nth((shown.get(article) ?? 1) - 1)
            .waitFor({ state: 'attached', timeout: 30_000 });
          await expectHarmless(page);
        }
      },
      120_000,
    );

    it('are text in the preview', async () => {
      stage.embedding.show(stage.widget());
      const page = await stage.enter();
      await page.addInitScript(WATCH);
      await page.goto('/');
      await page.getByText('Preview').click();
      const faults = await page.evaluate(`(${PREVIEW_ALL})(${JSON.stringify(vectors)})`);
      expect(faults).toEqual([]);
      expect(await page.evaluate('globalThis.fired')).toEqual([]);
    }, 60_000);
  });
});

const PREVIEW_ALL = `(vectors) => vectors.flatMap((vector) => {
  const root = document.querySelector('winnow-comments').shadowRoot;
  const field = root.querySelector('textarea');
  field.value = vector;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return ${findStrangers(PARTS)};
})`;
