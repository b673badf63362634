import type { Locator, Page } from 'playwright-core';
import { describeDesk, openQueue, type DeskStage } from '../support/desk-stage.js';
import type { TestSite } from '../support/test-site.js';
import { describeWidget } from '../support/widget-stage.js';

/* A name may hold characters that turn the direction of what follows. It stops at its own comment. */

const PLAIN = 'Mallory of the mill';
const TURNED = [
  '\u202eMallory of the mill',
  '\u2067\u202e\u2066Mallory \u202eof\u202e the mill',
  '\u200fMallory\u202b (1)',
];
const NEIGHBOURS = ['Ada', 'Grace'] as const;

/** What a screen draws twice, it may draw with another rounding: of 255. */
const ROUNDING = 2;

/** Everything but the moment, which is another for each. */
function pixelsOf(page: Page, part: Locator): Promise<Buffer> {
  return part.screenshot({ mask: [page.locator('time')], animations: 'disabled', caret: 'hide' });
}

/** How many pixels differ by more than a rounding, in each pair; sizes that differ are as many as there are. */
async function changedIn(page: Page, before: readonly Buffer[], after: readonly Buffer[]): Promise<number[]> {
  // Its policy lets no page of ours read pictures from a text.
  const blank = await page.context().newPage();
  const pairs = before.map((one, nth) => [one, after[nth]!].map((bytes) => bytes.toString('base64')));
  const changed = await blank.evaluate<number[]>(`(async () => {
    const read = async (base64) => {
      const picture = await createImageBitmap(await (await fetch('data:image/png;base64,' + base64)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
      canvas.drawImage(picture, 0, 0);
      return canvas.getImageData(0, 0, picture.width, picture.height);
    };
    const count = async ([one, other]) => {
      const [a, b] = [await read(one), await read(other)];
      if (a.width !== b.width || a.height !== b.height) return a.width * a.height;
      return a.data.filter((value, at) => Math.abs(value - b.data[at]) > ${String(ROUNDING)}).length;
    };
    return Promise.all(${JSON.stringify(pairs)}.map(count));
  })()`);
  await blank.close();
  return changed;
}

interface Neighbours {
  readonly page: Page;
  readonly pixels: readonly Buffer[];
}

describeDesk('a name that turns the direction, at the desk', (stage) => {
  it('moves no pixel of the cards above and below', async () => {
    const plain = await cardsBeside(stage(), PLAIN);
    for (const name of TURNED) {
      const { page, pixels } = await cardsBeside(stage(), name);
      expect(await changedIn(page, plain.pixels, pixels)).toEqual([0, 0]);
    }
  }, 90_000);
});

async function cardsBeside(stage: DeskStage, name: string): Promise<Neighbours> {
  // Each site is called differently; what is compared are the cards.
  const site = await stage.makeSite({ name: 'A site' });
  const [above, below] = NEIGHBOURS;
  for (const [nth, author] of [above, name, below].entries()) {
    const email = `author-${String(nth)}@turned.test`;
    const { id, status } = await site.submitSettled('/a', {
      author: { name: author, email },
      body: 'A word of one of three, who is no other.',
    });
    // Such a name alone may be put away; a moderator who gets it back sees it.
    if (status === 'spam') await site.decided(id, 'restore');
  }
  const page = await stage.visit();
  await openQueue(page, site);
  await page.locator('article.card').nth(2).waitFor();
  const cards = NEIGHBOURS.map((neighbour) =>
    page.locator('article.card').filter({ has: page.locator('h2', { hasText: neighbour }) }),
  );
  const pixels: Buffer[] = [];
  for (const card of cards) pixels.push(await pixelsOf(page, card));
  return { page, pixels };
}

describeWidget('a name that turns the direction, in the widget', (stage) => {
  async function commentsBeside(site: TestSite, name: string, article: string): Promise<Neighbours> {
    const ids: string[] = [];
    const [above, below] = NEIGHBOURS;
    for (const author of [above, name, below]) {
      ids.push((await site.published(article, { author: { name: author }, body: 'A word of one of three.' })).id);
    }
    stage.embedding.show(stage.widget().replace(stage.article, article));
    const page = await stage.enter();
    await page.goto('/');
    await page.getByRole('heading', { name: '3 comments' }).waitFor();
    const pixels: Buffer[] = [];
    for (const id of [ids[0], ids[2]]) pixels.push(await pixelsOf(page, page.locator(`#comment-${String(id)}`)));
    return { page, pixels };
  }

  it('moves no pixel of the comments above and below', async () => {
    const plain = await commentsBeside(stage.blog, PLAIN, '/plain');
    for (const [nth, name] of TURNED.entries()) {
      const { page, pixels } = await commentsBeside(stage.blog, name, `/turned-${String(nth)}`);
      expect(await changedIn(page, plain.pixels, pixels)).toEqual([0, 0]);
    }
  }, 90_000);
});
