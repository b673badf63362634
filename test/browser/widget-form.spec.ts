import { describeWidget, writeComment } from '../support/widget-stage.js';

describeWidget('the form of the widget', (stage) => {
  it('says what is to be mended beside the field, and loses nothing that was typed', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter({ expectedStatus: 422 });
    await page.goto('/');
    await page.getByRole('button', { name: 'Send the comment' }).click();
    await page.getByText('Write your comment;').waitFor();
    await page.getByText('Write your name, or any name you like.').waitFor();
    await writeComment(page, 'Half a thought', 'ada@gmial.com');
    await page.getByText('Did you mean ada@gmail.com?').waitFor();
    await page.getByRole('button', { name: 'Use it' }).click();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('ada@gmail.com');
  });

  it('sends at the first press, also when a mistyped address is pointed out by it', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByLabel('Comment', { exact: true }).fill('Typed in a hurry.');
    await page.getByLabel('Name', { exact: true }).fill('Ada');
    await page.getByLabel('E-mail').pressSequentially('ada@gmial.com');
    // As a hand does it: down, a moment, up.
    await page.getByRole('button', { name: 'Send the comment' }).click({ delay: 100 });
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
  });

  it('keeps what was typed over a reload, and over a lost connection, after which the comment arrives once', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByLabel('Comment', { exact: true }).fill('A long thought, half written.');
    await page.reload();
    await page.getByText('Be the first to comment').waitFor();
    expect(await page.getByLabel('Comment', { exact: true }).inputValue()).toBe('A long thought, half written.');
    const keys: (string | undefined)[] = [];
    const send = page.getByRole('button', { name: 'Send the comment' });
    await page.route('**/comments', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      // The service has it, and its answer is lost.
      if (keys.length === 1) await route.fetch();
      return keys.length === 1 ? route.abort('connectionreset') : route.continue();
    });
    await writeComment(page, 'A long thought, all written.');
    await page.getByText('No answer came. Your text is kept').waitFor();
    await send.click();
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[\w-]{30,}$/);
    expect((await stage.blog.queue('', stage.article)).items).toHaveLength(1);
    expect(await page.getByLabel('Comment', { exact: true }).inputValue()).toBe('');
    stage.visitors[0]?.forgive(/ERR_CONNECTION_RESET/);
  });

  it('remembers name and address only for who ticks it, and sets no cookie', async () => {
    stage.embedding.show(stage.widget('privacy="/privacy"'));
    const page = await stage.enter();
    await page.goto('/');
    expect(await page.getByRole('link', { name: 'Privacy policy' }).getAttribute('href')).toBe('/privacy');
    await writeComment(page, 'Forget me.');
    await page.locator('.note').waitFor();
    await page.reload();
    await page.locator('.note').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('');
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toMatch(/Ada|analytical/);
    await page.getByLabel('Remember my name').check();
    await writeComment(page, 'Remember me.');
    await page.locator('.note').nth(1).waitFor();
    await page.reload();
    await page.locator('.note').first().waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada');
    expect(await page.getByLabel('E-mail').inputValue()).toBe('ada@analytical.org');
    await page.getByLabel('Remember my name').uncheck();
    await page.reload();
    await page.locator('.note').first().waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('');
    expect(await page.context().cookies()).toEqual([]);
  });

  it('shows beforehand what the comment will look like', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByText('Preview').click();
    await page
      .getByLabel('Comment', { exact: true })
      .fill('**Bold** and <b>not</b>\nhttps://a.example/x.\n\n> said *she*\n\n[here](javascript:x)');
    const shown = page.locator('details .body');
    await shown.locator('strong', { hasText: 'Bold' }).waitFor();
    expect(await shown.innerText()).toContain('<b>not</b>');
    expect(await shown.locator('blockquote em').innerText()).toBe('she');
    expect(await shown.locator('a').count()).toBe(1);
    expect(await shown.locator('a').getAttribute('href')).toBe('https://a.example/x');
  });

  it('tells how long to wait when many comments came at once', async () => {
    stage.embedding.show(stage.widget());
    const page = await stage.enter({ expectedStatus: 429 });
    const strict = await stage.service.another({ SUBMIT_LIMIT_PER_MINUTE: '1' });
    stage.embedding.show(stage.widget(`service="${strict.url ?? ''}"`));
    stage.embedding.allow(strict.url ?? '');
    await page.goto('/');
    await writeComment(page, 'The first one.');
    await page.locator('.note').waitFor();
    await writeComment(page, 'The second one.');
    await page.getByText(/Wait \d+ seconds?, then send yours again/).waitFor();
    expect(await page.getByLabel('Comment', { exact: true }).inputValue()).toBe('The second one.');
  });
});
