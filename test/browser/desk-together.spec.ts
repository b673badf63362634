import type { Page } from 'playwright-core';
import { cards, describeDesk, openQueue, untilFocusOn } from '../support/desk-stage.js';
import type { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

describeDesk('two moderators at one queue', (stage) => {
  let site: TestSite;
  let mine: Page;
  let theirs: Page;
  let colleague: string;

  beforeEach(async () => {
    site = await stage().makeSite();
    for (const name of ['Ada', 'Grace']) await site.submitSettled('/spring', { author: { name } });
    ({ page: mine } = await stage().enter({ [site.key]: 'moderator' }));
    ({ page: theirs, name: colleague } = await stage().enter({ [site.key]: 'moderator' }));
    await openQueue(mine, site);
    await openQueue(theirs, site);
    await cards(theirs).nth(1).waitFor();
  }, 60_000);

  it('see what the other decides at once, with the name, and the list does not jump', async () => {
    const second = await cards(mine).nth(1).boundingBox();
    await cards(theirs).nth(1).getByRole('button', { name: 'Reject' }).click();
    await cards(mine).nth(1).getByText(`${colleague} has rejected it.`).waitFor();
    expect((await cards(mine).nth(1).boundingBox())?.y).toBe(second?.y);
    await waitUntil(async () => (await cards(mine).count()) === 1, 'the card has gone', 15_000);
    await mine.locator('.tabs a', { hasText: 'Rejected 1' }).waitFor();
  }, 60_000);

  it('are told when they would decide about what is no longer so', async () => {
    const { items } = await site.queue();
    const [ada] = items;
    // The news are late: the decision itself must notice.
    await mine.route('**/events', (route) => route.abort());
    await openQueue(mine, site);
    await cards(mine).nth(1).waitFor();
    await site.decided(ada!.id, 'spam', undefined, '/spring');
    await cards(mine).first().getByRole('button', { name: 'Approve and publish' }).click();
    await cards(mine)
      .first()
      .getByRole('alert')
      .getByText('was faster: it is marked as spam', { exact: false })
      .waitFor();
    expect((await site.read(ada!.id)).status).toBe('spam');
    stage().forgive(/ERR_FAILED|status of 412/);
  }, 60_000);

  it('see who has opened what, until it is closed', async () => {
    await cards(theirs).first().getByRole('button', { name: 'Open' }).click();
    await cards(mine).first().getByText(`${colleague} is looking at this.`).waitFor();
    await cards(theirs).first().getByRole('button', { name: 'Close' }).click();
    await cards(mine).first().getByText(`${colleague} is looking at this.`).waitFor({ state: 'detached' });
  }, 60_000);

  it('leave notes for each other, on a comment and on its author', async () => {
    await cards(theirs).first().focus();
    await untilFocusOn(theirs, 'Ada');
    await theirs.keyboard.press('n');
    await theirs.getByLabel('New note').fill('Wrote to the editor too.');
    await theirs.getByRole('button', { name: 'Keep the note' }).click();
    await theirs.getByText('Wrote to the editor too.').waitFor();
    await theirs.getByLabel('New note').fill('Friendly in person.');
    await theirs.getByLabel('On the author, for all their comments here').check();
    await theirs.getByRole('button', { name: 'Keep the note' }).click();
    await theirs.getByText('Friendly in person.').waitFor();
    await openQueue(mine, site);
    await cards(mine).first().getByText('2 notes').waitFor();
    await cards(mine).first().getByRole('button', { name: 'Open' }).click();
    await mine.getByText('Wrote to the editor too.').waitFor();
    await mine.getByText('Friendly in person.').waitFor();
    // Only who wrote a note, or an owner, takes it away.
    expect(await mine.getByRole('button', { name: 'Remove' }).count()).toBe(0);
  }, 60_000);

  it('trust an author, whose next comment passes, and ban another', async () => {
    await cards(mine).first().getByRole('button', { name: 'Open' }).click();
    await mine.getByRole('button', { name: 'Ban this address' }).click();
    await mine.getByText('Banned: what they write is put away as spam.').waitFor();
    const { items } = await site.queue();
    const { email } = items[0]!.author;
    const next = await site.submitSettled('/spring', { author: { name: 'Ada', email } });
    expect(next.status).toBe('spam');
    await mine.getByRole('button', { name: 'Judge like everybody' }).click();
    await mine.getByText('Their comments are judged like everybody’s.').waitFor();
  }, 60_000);

  it('answer under a published comment, with the badge, and see the thread around a reply', async () => {
    const published = await site.published('/talk', { author: { name: 'Lin' }, body: 'What is your opening time?' });
    const reply = await site.submitSettled('/talk', { author: { name: 'Joan' }, parentId: published.id });
    await openQueue(mine, site, '?article=%2Ftalk');
    await cards(mine).first().getByRole('button', { name: 'a reply' }).click();
    await mine.getByRole('region', { name: 'The thread around it' }).getByText('What is your opening time?').waitFor();
    await openQueue(mine, site, '?status=published&article=%2Ftalk');
    await cards(mine).first().getByRole('button', { name: 'Open' }).click();
    await mine.getByLabel('Reply', { exact: false }).fill('From nine to five.');
    await mine.getByRole('button', { name: 'Publish the reply' }).click();
    await waitUntil(async () => {
      const { body } = await stage().service.anonymous.get<{
        comments: { html: string; author: { verified?: boolean } }[];
      }>(site.path('/articles/%2Ftalk/comments'));
      return body.comments.some(({ html, author }) => html.includes('From nine to five.') && author.verified === true);
    }, 'the reply is published with its badge');
    expect(reply.status).toBe('pending');
  }, 60_000);
});
