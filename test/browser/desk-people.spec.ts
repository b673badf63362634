import { describeDesk } from '../support/desk-stage.js';
import { lightAndDark, Looks } from '../support/looks.js';
import { makeAccount } from '../support/test-accounts.js';
import type { TestSite } from '../support/test-site.js';

describeDesk('the people’s pages in a browser', (stage) => {
  let site: TestSite;
  const members = (): string => `/desk/sites/${site.key}/members`;

  beforeEach(async () => {
    site = await stage().makeSite();
  });

  it('let an owner invite, and the invited accept and moderate, both without JavaScript', async () => {
    await site.submitSettled();
    const inviter = await stage().visit({ javaScriptEnabled: false });
    await inviter.goto(members());
    await inviter.getByLabel('E-mail').fill('invited@browser.test');
    await inviter.getByLabel('Role', { exact: true }).selectOption('moderator');
    await inviter.getByRole('button', { name: 'Make the invitation' }).click();
    const link = await inviter.getByLabel('Link of the invitation').inputValue();
    expect(inviter.url()).not.toContain(link.slice(-43));
    const invited = await stage().visit({ as: undefined, javaScriptEnabled: false });
    await invited.goto(new URL(link).pathname);
    await invited.getByLabel('Your name').fill('Ines');
    await invited.getByLabel('New password').fill('a few good words');
    await invited.getByRole('button', { name: 'Accept the invitation' }).click();
    await invited.getByText('Welcome, Ines. You are in.').waitFor();
    await invited.locator('article.card').getByRole('button', { name: 'Approve and publish' }).first().click();
    await invited.locator('.notice', { hasText: 'Approved and published' }).waitFor();
    await inviter.goto(members());
    await inviter.getByText('invited@browser.test').waitFor();
  });

  it('have nothing that axe finds, and nothing that must be scrolled sideways', async () => {
    const page = await stage().visit({ expectedStatus: 422 });
    await makeAccount(stage().service, 'a-member-with-a-long-address-indeed@a-long-domain.example', {
      [site.key]: 'moderator',
    });
    await site.submitSettled();
    const looks = await Looks.on(page, lightAndDark(390));
    for (const path of ['/desk/sites', '/desk/account', '/desk/operators', '/desk/queue', members()]) {
      await page.goto(path);
      await looks.at(path);
    }
    await page.getByLabel('E-mail').fill('axe@browser.test');
    await page.getByRole('button', { name: 'Make the invitation' }).click();
    await looks.at('invited');
    const link = await page.getByLabel('Link of the invitation').inputValue();
    await page.getByRole('link', { name: 'Remove…' }).first().click();
    await looks.at('removal');
    await page.goto(members());
    await page.getByRole('button', { name: 'Make a reset link' }).first().click();
    const reset = await page.getByLabel('Link for a new password').inputValue();
    await looks.at('reset link');
    for (const one of [reset, link]) {
      await page.goto(new URL(one).pathname);
      await looks.at(one.slice(0, -43));
    }
    await page.getByLabel('Your name').fill('\u200b');
    await page.getByLabel('New password').fill('a few good words');
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByRole('alert').waitFor();
    await looks.at('refused');
    expect(looks.faults).toEqual({});
  }, 60_000);
});
