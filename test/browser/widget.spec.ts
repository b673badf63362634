import { describeWidget, writeComment } from '../support/widget-stage.js';
import { waitUntil } from '../support/wait-until.js';

describeWidget('the widget on a page of another origin', (stage) => {
  it('invites the first comment, takes it, and shows it to its author until a moderator has published it', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByText('Be the first to comment').waitFor();
    await page.getByText('Your email address will not be published.').first().waitFor();
    await writeComment(page, 'A thought of **mine**.');
    await page.locator('.note', { hasText: /being checked|waits for a moderator/ }).waitFor();
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    expect(await page.getByText('Be the first to comment').isVisible()).toBe(false);
    await page.reload();
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    expect(await page.locator('strong', { hasText: 'mine' }).count()).toBe(1);
    const [item] = (await stage.blog.queue('', stage.article)).items;
    expect(item).toMatchObject({
      author: { name: 'Ada', email: 'ada@analytical.org' },
      body: 'A thought of **mine**.',
      article: { key: stage.article, title: 'A page of the blog', url: `${stage.embedding.url}/` },
    });
    await stage.blog.decided(item?.id ?? '', 'publish', undefined, stage.article);
    await page.getByRole('heading', { name: '1 comment' }).waitFor();
    await page.locator('article', { hasText: 'Ada' }).waitFor();
    expect(await page.locator('.note').count()).toBe(0);
  });

  it('shows replies under what they answer, and sends a reply there', async () => {
    const first = await stage.blog.published(stage.article, { author: { name: 'Grace' }, body: 'The first of all.' });
    await stage.blog.published(stage.article, {
      author: { name: 'Olu' },
      body: 'An answer to Grace.',
      parentId: first.id,
    });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByRole('heading', { name: '2 comments' }).waitFor();
    const item = page.locator(`#comment-${first.id}`);
    expect(await item.locator('ol article').innerText()).toContain('An answer to Grace.');
    await item.getByRole('button', { name: 'Reply' }).first().click();
    await page.getByRole('heading', { name: 'Reply to Grace' }).waitFor();
    await writeComment(page, 'Another answer.');
    await item.locator('ol .note').waitFor();
    const submitted = (await stage.blog.queue('?status=pending', stage.article)).items;
    await waitUntil(async () => (await stage.blog.queue('', stage.article)).items.length === 1, 'the reply waits');
    expect(submitted.every(({ parentId }) => parentId === first.id)).toBe(true);
    await page.getByRole('heading', { name: 'Leave a comment' }).waitFor();
  });

  it('marks a person of the site beside their name, for eyes and for screen readers, in the language of the page', async () => {
    const name = 'Ada Lovelace Site team';
    const asked = await stage.blog.published(stage.article, { author: { name }, body: 'Who are you?' });
    const answer = await stage.blog.moderator.post<{ id: string }>(
      stage.blog.path(`/moderation/comments/${asked.id}/replies`),
      { body: 'I am of the site.' },
    );
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByRole('article', { name: 'Operator Site team' }).waitFor();
    expect(await page.locator('mark').count()).toBe(1);
    expect(await page.locator(`#by-${answer.body.id} mark`).innerText()).toBe('Site team');
    stage.embedding.show(stage.widget('lang="de"'));
    await page.reload();
    await page.getByRole('article', { name: 'Operator Website-Team' }).waitFor();
  });

  it('leads from the address to a comment, over several pages of the thread', async () => {
    await stage.blog.submitMany(55, stage.article);
    const ids = (await stage.blog.all('?status=pending', stage.article)).map(({ id }) => id);
    await stage.blog.moderator.post(stage.blog.path('/moderation/decisions'), { action: 'publish', ids });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByRole('heading', { name: '55 comments' }).waitFor();
    expect(await page.locator('article').count()).toBe(50);
    await page.getByRole('button', { name: 'More comments' }).click();
    await page.locator('article').nth(54).waitFor();
    expect(await page.getByRole('button', { name: 'More comments' }).isVisible()).toBe(false);
    const last = (await page.locator('.thread > li').last().getAttribute('id')) ?? '';
    await page.goto(`/?again#${last}`);
    const target = page.locator(`#${last}.target:focus`);
    await target.waitFor();
    expect((await target.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  }, 40_000);

  it('loads when the reader comes near, and not before', async () => {
    stage.embedding.show(`<p>${'Long text. <br>'.repeat(400)}</p>${stage.widget().replace('loading="eager"', '')}`);
    const page = await stage.enter();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('/', { waitUntil: 'networkidle' });
    expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([]);
    expect(await page.getByText('The comments come.').count()).toBe(1);
    await page.getByText('The comments come.').scrollIntoViewIfNeeded();
    await page.getByText('Be the first to comment').waitFor();
  });

  it('says so where comments are closed, and shows what was written', async () => {
    await stage.blog.published(stage.article, { body: 'Written in time.' });
    await stage.blog.moderator.request('PATCH', stage.blog.articlePath(stage.article), { open: false });
    await waitUntil(async () => {
      const { body } = await stage.service.anonymous.get<{ article: { open: boolean } }>(
        stage.blog.articlePath(stage.article, '/comments'),
      );
      return !body.article.open;
    }, 'the article is closed');
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByText('Comments are closed.').waitFor();
    await page.getByText('Written in time.').waitFor();
    expect(await page.getByRole('button', { name: 'Send the comment' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Reply' }).count()).toBe(0);
  });

  it('offers what came meanwhile, where it is live', async () => {
    stage.embedding.show(stage.widget('live'));
    const page = await stage.enter();
    await page.clock.install();
    await page.goto('/');
    await page.getByText('Be the first to comment').waitFor();
    await stage.blog.published(stage.article, { body: 'Came meanwhile.' });
    await page.clock.runFor(31_000);
    await page.getByRole('button', { name: 'Show 1 new comment' }).click();
    await page.getByText('Came meanwhile.').waitFor();
    await page.getByRole('heading', { name: '1 comment' }).waitFor();
  });

  it('takes off what was taken back meanwhile, where it is live, and keeps the replies and what somebody types', async () => {
    const { blog, article } = stage;
    const gone = await blog.published(article, { body: 'Taken back.' });
    await blog.published(article, { body: 'An answer to it.', parentId: gone.id });
    const answered = await blog.published(article, { body: 'Taken back while somebody answers.' });
    stage.embedding.show(stage.widget('live'));
    const page = await stage.enter();
    await page.clock.install();
    await page.goto('/');
    await page.locator('article').nth(2).waitFor();
    const offered = await blog.published(article, { body: 'Offered, and taken back.' });
    await page.clock.runFor(31_000);
    await page.getByRole('button', { name: 'Show 1 new comment' }).waitFor();
    await page.locator(`#comment-${answered.id} button.reply`).click();
    await page.locator('#field-body').fill('Half a');
    for (const { id } of [gone, answered, offered]) await blog.decided(id, 'unpublish', undefined, article);
    await waitUntil(async () => {
      await page.clock.runFor(31_000);
      return page.getByRole('heading', { name: '1 comment' }).isVisible();
    }, 'the widget has looked again');
    await page.locator('.thread > li > article .orphan').waitFor();
    expect(await page.locator('article .body').allInnerTexts()).toEqual([
      'Taken back while somebody answers.',
      'An answer to it.',
    ]);
    expect(await page.getByRole('button', { name: /new comment/ }).isVisible()).toBe(false);
    expect(await page.locator('#field-body').inputValue()).toBe('Half a');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.clock.runFor(31_000);
    await waitUntil(async () => (await page.locator('article').count()) === 1, 'it is off, too');
  });

  it('counts all articles of a list in one request', async () => {
    await stage.blog.published(stage.article);
    const other = `${stage.article}-none`;
    stage.embedding.show(
      [stage.article, other, stage.article]
        .map((key) => `<p><winnow-count site="blog" article="${key}">?</winnow-count></p>`)
        .join('') + `<b><winnow-count site="blog" number article="${stage.article}"></winnow-count></b>`,
    );
    const page = await stage.enter();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('/');
    await page.locator('b', { hasText: /^1$/ }).waitFor();
    expect(await page.locator('p').allInnerTexts()).toEqual(['1 comment', '0 comments', '1 comment']);
    expect(asked.filter((url) => url.includes('/counts'))).toHaveLength(1);
  });

  it('begins anew for a page that changes without being loaded, and tells it what happens', async () => {
    await stage.blog.published(stage.article, { body: 'Of the first article.' });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByText('Of the first article.').waitFor();
    await page.evaluate(
      `document.addEventListener('winnow-ready', (event) => (globalThis.counted = event.detail.count)), document.querySelector('winnow-comments').setAttribute('article', '${stage.article}-next')`,
    );
    await page.getByText('Be the first to comment').waitFor();
    expect(await page.evaluate('globalThis.counted')).toBe(0);
    await page.evaluate(`document.querySelector('winnow-comments').setAttribute('article', '${stage.article}')`);
    await page.getByText('Of the first article.').waitFor();
    expect(await page.evaluate('globalThis.counted')).toBe(1);
    await stage.blog.published(stage.article, { body: 'And one more.' });
    await page.evaluate('winnow.remount()');
    await page.getByText('And one more.').waitFor();
  });

  it('leaves what the owner wrote where the service cannot be reached, and tries again', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter({ expectedStatus: 503 });
    await page.route('**/v1/**', (route) =>
      route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*' } }),
    );
    await page.goto('/');
    await page.getByText('The comments could not be loaded.').waitFor();
    await page.getByText('The comments come.').waitFor();
    await page.unroute('**/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Be the first to comment').waitFor();
  });
});
