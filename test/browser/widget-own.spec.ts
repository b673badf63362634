import type { Page } from 'playwright-core';
import { describeWidget, writeComment } from '../support/widget-stage.js';

/* Authors who change or delete their own, and readers who report. */

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, PATCH, DELETE, POST',
  'access-control-allow-headers': 'content-type',
};

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/**
 * Answers for the routes that another branch builds (`PATCH` and `DELETE` of a receipt, reports), as its contract says;
 * everything else is the service itself.
 */
async function standIn(page: Page): Promise<Call[]> {
  const calls: Call[] = [];
  const editableUntil = new Date(Date.now() + 900_000).toISOString();
  await page.route(/\/v1\/receipts\/|\/report$/, async (route) => {
    const request = route.request();
    const method = request.method();
    if (method === 'OPTIONS') return route.fulfill({ status: 204, headers: CORS });
    if (method === 'GET') {
      const receipt = await readReceipt(request.url());
      return route.fulfill({ headers: CORS, json: { ...receipt, editableUntil } });
    }
    const path = new URL(request.url()).pathname;
    calls.push({ method, path, body: request.postDataJSON() as unknown });
    if (method === 'DELETE') return route.fulfill({ status: 204, headers: CORS });
    if (method === 'POST') return route.fulfill({ status: 202, headers: CORS });
    return route.fulfill({ headers: CORS, json: { id: 'x', status: 'pending', editableUntil } });
  });
  return calls;
}

async function readReceipt(url: string): Promise<Record<string, unknown>> {
  return (await (await fetch(url)).json()) as Record<string, unknown>;
}

describeWidget('a comment of one’s own', (stage) => {
  it('can be changed by its author, and shows the change', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    const calls = await standIn(page);
    await page.goto('/');
    await writeComment(page, 'With a tpyo.');
    await page.getByRole('button', { name: 'Edit' }).click();
    const editor = page.locator('article').getByLabel('Comment');
    expect(await editor.inputValue()).toBe('With a tpyo.');
    await editor.fill('Without a typo.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('article p', { hasText: 'Without a typo.' }).waitFor();
    expect(calls).toMatchObject([{ method: 'PATCH', body: { body: 'Without a typo.' } }]);
    await page.reload();
    await page.locator('article p', { hasText: 'Without a typo.' }).waitFor();
  });

  it('is deleted after a second press, and is gone after a reload', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    const calls = await standIn(page);
    await page.goto('/');
    await writeComment(page, 'I regret this.');
    await page.getByRole('button', { name: 'Delete' }).click();
    expect(calls).toEqual([]);
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.locator('article', { hasText: 'Your comment is deleted.' }).waitFor();
    expect(calls).toMatchObject([{ method: 'DELETE' }]);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.reload();
    await page.getByText('Be the first to comment').waitFor();
  });

  it('offers neither where the service names no window, and tells why it was declined', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.route(/\/v1\/receipts\//, async (route) => {
      const { id, status, reason } = await readReceipt(route.request().url());
      return route.fulfill({ headers: CORS, json: { id, status, reason } });
    });
    await page.goto('/');
    await writeComment(page, 'Off topic, I fear.');
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    expect(await page.getByRole('button', { name: /Edit|Delete/ }).count()).toBe(0);
    const [item] = (await stage.blog.queue('', stage.article)).items;
    await stage.blog.decided(item?.id ?? '', 'reject', { reason: 'Please keep to the topic.' }, stage.article);
    await page.locator('.note', { hasText: 'Your comment was not published.' }).waitFor();
    await page.getByText('The reason: Please keep to the topic.').waitFor();
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.reload();
    await page.getByText('Be the first to comment').waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  it('of somebody else can be reported, once, and gets thanks', async () => {
    const { id } = await stage.blog.published(stage.article, { author: { name: 'Grace' } });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    const calls = await standIn(page);
    await page.goto('/');
    await page.getByRole('button', { name: 'Report the comment by Grace' }).click();
    await page.getByText('Thank you. A moderator will look at it.').waitFor();
    expect(calls).toEqual([
      { method: 'POST', path: stage.blog.articlePath(stage.article, `/comments/${id}/report`), body: null },
    ]);
    expect(await page.getByRole('button', { name: 'Report' }).count()).toBe(0);
  });
});
