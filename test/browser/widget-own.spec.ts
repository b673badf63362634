import { asSuperuser } from '../support/test-accounts.js';
import { waitUntil } from '../support/wait-until.js';
import { describeWidget, writeComment } from '../support/widget-stage.js';

/* Authors who change or delete their own, and readers who report. */

describeWidget('a comment of one’s own', (stage) => {
  it('can be changed by its author, and shows the change', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await writeComment(page, 'With a tpyo.');
    await page.getByRole('button', { name: 'Edit' }).click();
    const editor = page.locator('article').getByLabel('Comment');
    expect(await editor.inputValue()).toBe('With a tpyo.');
    await editor.fill('Without a typo.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('article p', { hasText: 'Without a typo.' }).waitFor();
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    const [item] = (await stage.blog.queue('', stage.article)).items;
    expect(item?.body).toBe('Without a typo.');
    await page.reload();
    await page.locator('article p', { hasText: 'Without a typo.' }).waitFor();
  });

  it('is deleted after a second press, and is gone after a reload', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await writeComment(page, 'I regret this.');
    await page.getByRole('button', { name: 'Delete' }).click();
    expect((await stage.blog.counts()).deleted).toBe(0);
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.locator('article', { hasText: 'Your comment is deleted.' }).waitFor();
    expect((await stage.blog.counts()).deleted).toBe(1);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.reload();
    await page.getByText('Be the first to comment').waitFor();
  });

  it('offers no edit once the time is over, and tells why it was declined', async () => {
    await stage.blog.moderator.request('PATCH', stage.blog.path(), { settings: { editMinutes: 0 } });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await writeComment(page, 'Off topic, I fear.');
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(1);
    const [item] = (await stage.blog.queue('', stage.article)).items;
    await stage.blog.decided(item?.id ?? '', 'reject', { reason: 'Please keep to the topic.' }, stage.article);
    await page.locator('.note', { hasText: 'Your comment was not published.' }).waitFor();
    await page.getByText('The reason: Please keep to the topic.').waitFor();
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.reload();
    await page.getByText('Be the first to comment').waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  it('that is out can be deleted when it can no longer be changed, and its text is not kept in the browser', async () => {
    await stage.blog.moderator.request('PATCH', stage.blog.path(), { settings: { editMinutes: 15 } });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await writeComment(page, 'Out for good, one would think.');
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    const [item] = (await stage.blog.queue('', stage.article)).items;
    await stage.blog.decided(item?.id ?? '', 'publish', undefined, stage.article);
    await page.getByRole('heading', { name: '1 comment' }).waitFor();
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(1);
    const sixteen = `update comment set submitted_at = submitted_at - interval '16 minutes' where id = $1`;
    await asSuperuser(stage.service, sixteen, [item?.id]);
    await page.reload();
    await page.locator('article', { hasText: 'Out for good' }).waitFor();
    const kept = (): Promise<string> => page.evaluate<string>('JSON.stringify({ ...localStorage })');
    await waitUntil(async () => !(await kept()).includes('Out for good'), 'the text is not kept any more');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await page.getByRole('button', { name: 'Delete' }).click();
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0);
    expect(asked.filter((path) => path.startsWith('/v1/receipts/'))).toEqual([]);
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.locator('article', { hasText: 'Your comment is deleted.' }).waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.reload();
    await page.getByText('Be the first to comment').waitFor();
  }, 60_000);

  it('that was taken back after it was out, and can no longer be changed, is not shown', async () => {
    await stage.blog.moderator.request('PATCH', stage.blog.path(), { settings: { editMinutes: 0 } });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await writeComment(page, 'Out and in again.');
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    const [item] = (await stage.blog.queue('', stage.article)).items;
    await stage.blog.decided(item?.id ?? '', 'publish', undefined, stage.article);
    await page.getByRole('heading', { name: '1 comment' }).waitFor();
    await stage.blog.decided(item?.id ?? '', 'unpublish', undefined, stage.article);
    await waitUntil(async () => {
      await page.reload();
      await page.locator('section.winnow').waitFor();
      return page.getByText('Be the first to comment').isVisible();
    }, 'the thread is empty again');
    expect(await page.locator('article').count()).toBe(0);
  }, 60_000);

  it('of somebody else can be reported, once, and gets thanks', async () => {
    const { id } = await stage.blog.published(stage.article, { author: { name: 'Grace' } });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByRole('button', { name: 'Report the comment by Grace' }).click();
    await page.getByText('Thank you. A moderator will look at it.').waitFor();
    expect((await stage.blog.read(id)).reports).toMatchObject({ count: 1 });
    expect(await page.getByRole('button', { name: 'Report' }).count()).toBe(0);
  });
});
