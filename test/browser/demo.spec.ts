import { tabTo } from '../support/browser.js';
import { describeDesk } from '../support/desk-stage.js';
import { lightAndDark, Looks } from '../support/looks.js';
import { TestSite } from '../support/test-site.js';

describeDesk('the demo', (stage) => {
  describe('a reader without a script', () => {
    let demo: TestSite;

    beforeAll(() => {
      const { operator, service } = stage();
      demo = TestSite.known('demo', operator, service.anonymous);
    });

    it('changes a comment of their own, deletes it, and reports one of somebody else', async () => {
      const { id } = await demo.published('/demo', { author: { name: 'Grace' } });
      const page = await stage().visit({ as: undefined, javaScriptEnabled: false });
      const own = await demo.submit('/demo', { body: 'With a tpyo.' });
      await page.goto(`/v1/receipts/${own.receipt}`);
      await page.getByText('Change the text').click();
      await page.getByLabel('Comment').fill('Without a typo.');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
      await page.getByText('Delete it').first().click();
      await page.getByRole('button', { name: 'Delete it for good' }).click();
      await page.getByRole('heading', { name: 'Your comment is deleted' }).waitFor();
      await page.goto('/demo');
      await page.locator(`#comment-${id}`).getByRole('link', { name: 'Report' }).click();
      await page.getByLabel('What is wrong with it?').fill('An advertisement.');
      await page.getByRole('button', { name: 'Report it' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      expect((await demo.read(id)).reports).toMatchObject({ count: 1 });
    }, 60_000);

    it('has pages without a fault, on a desk and on a phone', async () => {
      const { id } = await demo.published('/demo');
      await demo.submitSettled('/demo');
      const page = await stage().visit({ as: undefined });
      const { receipt } = await demo.submit('/demo');
      await page.goto(`/v1/receipts/${receipt}`);
      const looks = await Looks.on(page, lightAndDark(390));
      await page.getByText('Change the text').click();
      await page.getByText('Delete it').first().click();
      await looks.at('the receipt');
      await page.goto(`/report/demo/%2Fdemo/${id}`);
      await looks.at('the report');
      await page.getByRole('button', { name: 'Report it' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      await looks.at('thanks');
      expect(looks.faults).toEqual({});
    }, 60_000);
  });

  describe('the playground of the demo', () => {
    it('says what the filter says, with the keyboard alone, on a desk and on a phone', async () => {
      const page = await stage().visit();
      await page.goto('/demo#comments');
      const looks = await Looks.on(page, lightAndDark(320));
      const look = async (state: string): Promise<void> => {
        await page.locator('section.winnow').waitFor();
        await looks.at(state);
      };
      await page.getByRole('heading', { name: /^Your playground/ }).waitFor();
      await look('at first');
      const ask = async (text: string): Promise<void> => {
        await page.getByLabel('Any text').focus();
        await page.keyboard.press('ControlOrMeta+A');
        await page.keyboard.insertText(text);
        await tabTo(page, 'What does the filter say?');
        await page.keyboard.press('Enter');
      };
      const spam = `Buy cheap pills [url=http://pills.example/${'x'.repeat(120)}]pills[/url] viagra without prescription`;
      await ask(spam);
      await page.getByRole('status').filter({ hasText: 'It would' }).waitFor();
      expect(await page.getByLabel('Any text').inputValue()).toBe(spam);
      expect(await page.locator('#verdict li').count()).toBeGreaterThan(0);
      await look('spam');
      await ask('We bake on Sundays too.');
      await page.getByRole('status').filter({ hasText: 'wait in the queue for a person' }).waitFor();
      await look('a comment');
      expect(looks.faults).toEqual({});
    }, 60_000);
  });
});
