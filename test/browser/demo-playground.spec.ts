import { axeFaults, describeInBrowser, tabTo, visit, type Visitor } from '../support/browser.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';

describeInBrowser('the playground of the demo', (browser) => {
  let service: TestService;
  let visitor: Visitor;

  beforeAll(async () => {
    service = await startTestService();
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    await visitor.close();
    expect(visitor.complaints).toEqual([]);
  });

  it.each([
    ['light', 1280],
    ['light', 320],
    ['dark', 1280],
    ['dark', 320],
  ] as const)(
    'says what the filter says, with the keyboard alone: %s, %i pixels wide',
    async (colorScheme, width) => {
      visitor = await visit(browser(), service.url, { colorScheme, viewport: { width, height: 900 } });
      const { page } = visitor;
      const faults: Record<string, string[]> = {};
      const look = async (state: string): Promise<void> => {
        await page.locator('section.winnow').waitFor();
        const isWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
        const found = [...(await axeFaults(page)), ...(isWide === true ? ['wider than the window'] : [])];
        if (found.length > 0) faults[state] = found;
      };
      await page.goto('/desk');
      await page.getByLabel('E-mail').fill(OPERATOR.email);
      await page.getByLabel('Password').fill(OPERATOR.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      await page.goto('/demo#comments');
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
      expect(faults).toEqual({});
    },
    60_000,
  );
});
