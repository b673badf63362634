import type { Page } from 'playwright-core';
import { describeInBrowser, visit, type Visitor, type VisitOptions } from './browser.js';
import { EmbeddingPage } from './embedding-page.js';
import { startTestService, type Environment, type TestService } from './test-service.js';
import { TestSite } from './test-site.js';

/* The widget in a real browser on a page of another origin: a service, a site `blog`, and an article for each story. */

export interface WidgetStage {
  readonly service: TestService;
  readonly embedding: EmbeddingPage;
  readonly blog: TestSite;
  /** The key of this story's article. */
  readonly article: string;
  /** The visitors of this story; what the browser complains of when it ends fails it. */
  readonly visitors: readonly Visitor[];
  enter(options?: VisitOptions): Promise<Page>;
  /** The element of this story's article. */
  widget(attributes?: string): string;
}

/** @param environment of its service */
export function describeWidget(name: string, suite: (stage: WidgetStage) => void, environment: Environment = {}): void {
  describeInBrowser(name, (browser) => {
    const visitors: Visitor[] = [];
    let serial = 0;
    const stage = {
      visitors,
      article: '',
      enter: async (options: VisitOptions = {}): Promise<Page> => {
        const visitor = await visit(browser(), stage.embedding.url, options);
        visitors.push(visitor);
        return visitor.page;
      },
      widget: (attributes = ''): string =>
        `<winnow-comments site="blog" article="${stage.article}" loading="eager" ${attributes}>` +
        `<p>The comments come.</p></winnow-comments>`,
    } as unknown as { -readonly [Part in keyof WidgetStage]: WidgetStage[Part] };

    beforeAll(async () => {
      stage.service = await startTestService(environment);
      stage.embedding = await EmbeddingPage.serve(stage.service.url);
      const operator = await stage.service.signIn();
      const origins = [stage.embedding.url];
      stage.blog = await TestSite.make(operator, stage.service.anonymous, { key: 'blog', origins });
    }, 60_000);
    beforeEach(() => {
      stage.article = `/story-${++serial}`;
    });
    afterEach(async () => {
      const left = visitors.splice(0);
      for (const visitor of left) await visitor.close();
      expect(left.flatMap(({ complaints }) => complaints)).toEqual([]);
    });
    afterAll(async () => {
      await stage.embedding.close();
      await stage.service.close();
    });
    suite(stage);
  });
}

/** Fills the form in and sends it. */
export async function writeComment(page: Page, body: string, email = 'ada@analytical.org'): Promise<void> {
  await page.getByLabel('Comment', { exact: true }).fill(body);
  await page.getByLabel('Name', { exact: true }).fill('Ada');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the comment' }).click();
}
