import type { Page } from 'playwright-core';
import { describeInBrowser, tabTo, visit, type Visitor, type VisitOptions } from '../support/browser.js';
import { EmbeddingPage } from '../support/embedding-page.js';
import { lightAndDark, Looks } from '../support/looks.js';
import type { TestClient } from '../support/test-client.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { writeComment } from '../support/widget-stage.js';

/* Somebody has started the service and knows nothing yet: from signing in to a comment from their own page. */

describeInBrowser('the first run', (browser) => {
  let service: TestService;
  let operator: TestClient;
  let embedding: EmbeddingPage;
  /** The sites of a story: each begins without one. */
  const made: string[] = [];
  let visitor: Visitor;

  beforeAll(async () => {
    service = await startTestService();
    operator = await service.signIn();
    embedding = await EmbeddingPage.serve(service.url);
  }, 60_000);
  afterEach(async () => {
    await visitor.close();
    for (const key of made.splice(0)) await operator.request('DELETE', `/v1/sites/${key}`);
    expect(visitor.complaints).toEqual([]);
  });
  afterAll(async () => {
    await embedding.close();
    await service.close();
  });

  async function enter(options: VisitOptions = {}): Promise<Page> {
    visitor = await visit(browser(), service.url, { permissions: ['clipboard-read', 'clipboard-write'], ...options });
    await visitor.page.goto('/desk');
    return visitor.page;
  }

  /** What the owner pastes into their page: the element of the two lines; the page of the stage has the script. */
  function paste(snippet: string): void {
    embedding.show(snippet.replace(/<script.*<\/script>/, '').replace('<winnow-comments', '$& loading="eager"'));
  }

  it('takes nine steps from signing in to the widget at work on a page of another origin', async () => {
    const page = await enter();
    let steps = 0;
    const step = async (act: Promise<unknown>): Promise<void> => {
      steps++;
      await act;
    };
    await step(page.getByLabel('E-mail').fill(OPERATOR.email));
    await step(page.getByLabel('Password').fill(OPERATOR.password));
    await step(page.getByRole('button', { name: 'Sign in' }).click());
    await step(page.getByLabel('Name of your site').fill('My blog'));
    await step(page.getByLabel('Address of your pages').fill(embedding.url));
    await step(page.getByRole('button', { name: 'Go on' }).click());
    made.push('my-blog');
    await page.getByText('Waiting for your page.').waitFor();
    await step(page.getByRole('button', { name: 'Copy: The widget' }).click());
    await page.getByRole('button', { name: 'Copy: The widget' }).filter({ hasText: 'Copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toMatch(/\/embed\.js" async><\/script>\n<winnow-comments site="my-blog"><\/winnow-comments>$/);
    steps++;
    paste(copied);
    const own = await page.context().newPage();
    await step(own.goto(`${embedding.url}/a-post`));
    await own.getByText('Be the first to comment').waitFor();
    await page.getByText('It works.').waitFor();
    expect(steps).toBeLessThanOrEqual(9);
    await writeComment(own, 'The first of many, I hope.');
    await page.getByRole('link', { name: 'Read it in the queue' }).click();
    await page.getByText('The first of many, I hope.').waitFor();
  }, 60_000);

  it('does the same by links where no script runs', async () => {
    const page = await enter({ javaScriptEnabled: false });
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Address of your pages').fill(embedding.url);
    await page.getByRole('button', { name: 'Go on' }).click();
    made.push(new URL(embedding.url).host.replace(/\W/g, '-'));
    await page.getByText('Waiting for your page.').waitFor();
    expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0);
    paste((await page.locator('#first-snippet').textContent()) ?? '');
    const reader = await visit(browser(), embedding.url);
    await reader.page.goto('/a-post');
    await reader.page.getByText('Be the first to comment').waitFor();
    await page.getByRole('link', { name: 'Look again' }).click();
    await page.getByText('It works.').waitFor();
    await writeComment(reader.page, 'From a page with a script.');
    await reader.page.getByText('Your comment has arrived').first().waitFor();
    await reader.close();
    await page.getByRole('link', { name: 'Look again' }).click();
    await page.getByRole('link', { name: 'Read it in the queue' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }, 60_000);

  it('says that a page of another address than the one typed can read and not write', async () => {
    const page = await enter({ as: operator });
    await page.getByLabel('Address of your pages').fill('blog.example');
    await page.getByRole('button', { name: 'Go on' }).click();
    made.push('blog-example');
    paste((await page.locator('#first-snippet').textContent()) ?? '');
    const own = await page.context().newPage();
    await own.goto(`${embedding.url}/a-post`);
    await page.getByText(`A page at ${embedding.url} has asked for the comments`).waitFor();
  }, 60_000);

  it('can be read and typed by everybody, on a desk and on a phone', async () => {
    const page = await enter({ expectedStatus: 422 });
    const looks = await Looks.on(page, lightAndDark(390));
    await tabTo(page, 'E-mail');
    await page.keyboard.type(OPERATOR.email);
    await tabTo(page, 'Password');
    await page.keyboard.type(OPERATOR.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Comments on your pages' }).waitFor();
    await looks.at('the site');
    await tabTo(page, 'Address of your pages');
    await page.keyboard.type('my blog');
    await page.keyboard.press('Enter');
    await page.getByText('Write the address of your pages').waitFor();
    await looks.at('to be mended');
    await page.getByLabel('Address of your pages').fill('blog.example');
    await page.keyboard.press('Enter');
    made.push('blog-example');
    await page.getByText('Waiting for your page.').waitFor();
    await looks.at('waiting');
    const asked = { headers: { origin: 'https://blog.example' } };
    await fetch(`${service.url}/v1/sites/blog-example/articles/a/comments`, asked);
    await page.getByText('It works.').waitFor();
    await looks.at('works');
    await service.anonymous.comment('blog-example', 'a');
    await page.getByText('Your first comment is here.').waitFor();
    await looks.at('the first comment');
    await tabTo(page, 'Read it in the queue');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk/sites/blog-example');
    expect(looks.faults).toEqual({});
  }, 60_000);
});
