import type { Page } from 'playwright-core';
import { tabTo } from '../support/browser.js';
import { lightAndDark, Looks } from '../support/looks.js';
import { describeWidget, writeComment } from '../support/widget-stage.js';

/** Of what can be pressed in the widget and does not stand in a line of text: its name, where it is too small. */
const SMALL_TARGETS = `[...document.querySelector('winnow-comments').shadowRoot.querySelectorAll('a, button, input, textarea, summary')]
  .filter((element) => element.checkVisibility() && !element.closest('.body, .trap, .quiet'))
  .filter((element) => { const { width, height } = element.getBoundingClientRect(); return width < 24 || height < 24; })
  .map((element) => element.outerHTML.slice(0, 100))`;

/** The canvas that the page's colour scheme stands for; axe takes one that nobody names for white. */
const NAME_CANVAS = `addEventListener('DOMContentLoaded', () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':root { background: Canvas; color: CanvasText }');
  document.adoptedStyleSheets = [sheet];
})`;

function ownFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(SMALL_TARGETS);
}

const LONG = `See https://a-long-host.example/${'x'.repeat(200)} and **more**\n\n> a quote\n\n    code ${'that is long '.repeat(20)}`;

describeWidget('everybody', (stage) => {
  async function makeThread(): Promise<void> {
    const { blog, article } = stage;
    let parentId: string | undefined;
    for (let depth = 0; depth < 5; depth++) {
      const author = { name: `Reader ${depth}`, url: 'https://reader.example/' };
      ({ id: parentId } = await blog.published(article, {
        author,
        body: `${depth} ${LONG}`,
        ...(parentId && { parentId }),
      }));
    }
  }

  it.each([
    ['en', 'auto', lightAndDark(320)],
    [
      'ar',
      'light',
      [
        { colorScheme: 'dark', width: 1280 },
        { colorScheme: 'dark', width: 320 },
      ],
    ],
    ['de', 'dark', [{ colorScheme: 'light', width: 320 }]],
  ] as const)(
    'reads, writes and mends, in %s, theme %s',
    async (lang, theme, wanted) => {
      await makeThread();
      stage.embedding.show({ body: stage.widget(`theme="${theme}" privacy="/privacy"`), lang });
      const page = await stage.enter();
      await page.addInitScript(NAME_CANVAS);
      const looks = await Looks.on(page, wanted, ownFaults);
      await page.goto('/');
      await page.locator('article').nth(4).waitFor();
      await looks.at('thread');
      await page.locator('button.send').click();
      await page.locator('#fault-body').waitFor();
      await looks.at('to be mended');
      await page.locator('summary').click();
      await page.locator('#field-body').fill(LONG);
      await page.locator('button.reply').first().click();
      await looks.at('reply and preview');
      await page.locator('#field-name').fill('Ada');
      await page.locator('#field-email').fill('ada@gmial.com');
      await page.locator('#field-url').focus();
      await page.locator('.hint button').waitFor();
      await looks.at('address in doubt');
      await page.locator('button.send').click();
      await page.locator('.note').waitFor();
      await looks.at('sent');
      expect(looks.faults).toEqual({});
    },
    60_000,
  );

  it('changes, deletes, reports, and is told what went wrong', async () => {
    await stage.blog.published(stage.article, { author: { name: 'Grace' }, body: LONG });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.addInitScript(NAME_CANVAS);
    const looks = await Looks.on(page, lightAndDark(320), ownFaults);
    await page.goto('/');
    await page.getByRole('button', { name: 'Report the comment by Grace' }).click();
    await page.getByText('Thank you. A moderator will look at it.').waitFor();
    await looks.at('reported');
    await writeComment(page, LONG);
    await page.locator('.note', { hasText: 'waits for a moderator' }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await looks.at('own editor');
    await page.locator('article').getByLabel('Comment').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('article .message:not(:empty)').waitFor();
    await looks.at('own editor, to be mended');
    await page.locator('article').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete it for good' }).waitFor();
    await looks.at('asked whether to delete');
    const waiting = await stage.blog.queue('', stage.article);
    const [item] = [...waiting.items, ...(await stage.blog.queue('?status=spam', stage.article)).items];
    await stage.blog.decided(item?.id ?? '', 'reject', { reason: `Off topic. ${LONG.slice(0, 250)}` }, stage.article);
    await page.locator('.note', { hasText: 'Your comment was not published.' }).waitFor();
    await looks.at('declined');
    await page.route('**/v1/**', (route) => route.abort());
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.locator('.status:not(:empty)').waitFor();
    await looks.at('not deleted, for want of an answer');
    await page.locator('#field-body').fill('Into the void.');
    await page.getByRole('button', { name: 'Send the comment' }).click();
    await page.getByText('No answer came.').first().waitFor();
    await looks.at('not sent, for want of an answer');
    await page.reload();
    await page.getByText('The comments could not be loaded.').waitFor();
    await looks.at('not loaded');
    for (const visitor of stage.visitors) visitor.forgive(/net::ERR_FAILED/);
    expect(looks.faults).toEqual({});
  }, 60_000);

  it('can read at twice the size, in a window half as wide', async () => {
    await makeThread();
    stage.embedding.show(stage.widget());
    const page = await stage.enter({ deviceScaleFactor: 2 });
    await page.goto('/');
    await page.evaluate(
      'document.adoptedStyleSheets = [new CSSStyleSheet()], document.adoptedStyleSheets[0].replaceSync(":root { font-size: 200% }")',
    );
    await page.locator('article').nth(4).waitFor();
    const looks = await Looks.on(page, [{ colorScheme: 'light', width: 640 }], ownFaults);
    await looks.at('the thread');
    expect(looks.faults).toEqual({});
  });

  it('can write and answer with the keyboard alone', async () => {
    const { id } = await stage.blog.published(stage.article, { author: { name: 'Grace' } });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.locator('article').waitFor();
    await tabTo(page, 'Reply');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Reply to Grace' }).waitFor();
    // The form has come to the comment, and the focus stands in it.
    await page.keyboard.type('Typed without a mouse.');
    await tabTo(page, 'Name');
    await page.keyboard.type('Ada');
    await tabTo(page, 'E-mail');
    await page.keyboard.type('ada@analytical.org');
    await page.keyboard.press('Enter');
    await page.locator(`#comment-${id} ol .note`).waitFor();
    await page.getByRole('status').filter({ hasText: 'Your comment has arrived' }).waitFor();
  });

  it('who cancels a reply is back at the button', async () => {
    await stage.blog.published(stage.article, { author: { name: 'Grace' } });
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('button.reply:focus').waitFor();
  });

  it.each([
    ['ar', 'كن أول من يعلّق', 'rtl'],
    ['de-AT', 'Schreiben Sie den ersten Kommentar', 'ltr'],
    ['zh-Hans-CN', '来发表第一条评论吧', 'ltr'],
    ['pt-BR', 'Seja a primeira pessoa a comentar', 'ltr'],
    ['xx', 'Be the first to comment', 'ltr'],
  ])('is spoken to in the language of the page: %s', async (lang, first, direction) => {
    stage.embedding.show({ body: stage.widget(), lang });
    const page = await stage.enter();
    await page.goto('/');
    await page.getByText(first).waitFor();
    expect(await page.locator('section.winnow').getAttribute('dir')).toBe(direction);
  });

  it('can have the look changed by the page: by custom properties and by parts', async () => {
    const look = ':root { --winnow-accent: rgb(1, 2, 3) } winnow-comments::part(title) { text-transform: uppercase }';
    stage.embedding.show(stage.widget());
    const page = await stage.enter();
    await page.goto('/');
    await page.getByText('Be the first to comment').waitFor();
    await page.evaluate(
      `document.adoptedStyleSheets = [new CSSStyleSheet()], document.adoptedStyleSheets[0].replaceSync(${JSON.stringify(look)})`,
    );
    const style = (selector: string, property: string): Promise<unknown> =>
      page.evaluate(
        `getComputedStyle(document.querySelector('winnow-comments').shadowRoot.querySelector('${selector}')).${property}`,
      );
    expect(await style('button.send', 'backgroundColor')).toBe('rgb(1, 2, 3)');
    expect(await style('h2', 'textTransform')).toBe('uppercase');
    // A page's own property may have the name that ours has inside.
    const own =
      ':root { --ink: rgb(4, 5, 6) } winnow-comments { --winnow-ink: var(--ink); --winnow-quiet: var(--ink) }';
    await page.evaluate(`document.adoptedStyleSheets[0].replaceSync(${JSON.stringify(own)})`);
    expect(await style('h2', 'color')).toBe('rgb(4, 5, 6)');
    expect(await style('.first', 'color')).toBe('rgb(4, 5, 6)');
  });
});
