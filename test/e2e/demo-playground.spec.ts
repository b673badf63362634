import { capital } from '../../src/web/desk/verdict-words.js';
import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { BROWSER_ACCEPT, expectPage, fromOwnPage, TestPage, textOf } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

let service: TestService;
let operator: TestClient;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

async function tried(text: string, client = operator): Promise<TestPage> {
  return new TestPage(await client.post('/demo', new URLSearchParams({ text }), fromOwnPage(client)));
}

describe('the playground of the demo', () => {
  it('stands there for whoever may read the queue, and for nobody else', async () => {
    const page = await TestPage.open(operator, '/demo');
    expectPage(page, 200, ['/embed.js']);
    expect(page.text).toContain('What happens to a comment here');
    const viewer = await signInMember(service, 'viewer@demo.test', { demo: 'viewer' });
    expect((await TestPage.open(viewer, '/demo')).all('section', { id: 'playground' })).toHaveLength(1);
    const stranger = await signInMember(service, 'stranger@demo.test', {});
    for (const client of [stranger, service.anonymous]) {
      expect((await TestPage.open(client, '/demo')).all('section', { id: 'playground' })).toEqual([]);
    }
    expect((await tried('Is this spam?', stranger)).all('div', { id: 'verdict' })).toEqual([]);
    expectPage(await tried('x', service.anonymous), 401);
  });

  it('says of any text what the filter says, with every reason, and keeps nothing', async () => {
    const text = 'Buy cheap pills now [url=http://pills.example]pills[/url] <script>alert(1)</script>';
    const page = await tried(text);
    expectPage(page, 200, ['/embed.js']);
    const { body } = await operator.post<{ signals: { why: string }[] }>('/v1/sites/demo/moderation/preview', {
      body: text,
    });
    expect(body.signals.length).toBeGreaterThan(0);
    const verdict = textOf(page.one('div', { id: 'verdict' }));
    for (const { why } of body.signals) expect(verdict).toContain(capital(why).replace(/\s+/g, ' '));
    expect(page.fieldsOf('/demo#verdict').get('text')).toBe(text);
    const demo = TestSite.known('demo', operator, service.anonymous);
    expect(Object.values(await demo.counts()).every((count) => count === 0)).toBe(true);
  });

  it('asks for a text where there is none, and takes no form of another page', async () => {
    const page = await tried(' ');
    expect(textOf(page.one('p', { role: 'alert' }))).toBe('Write a text of 1 to 10,000 characters.');
    const forged = { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' };
    const answer = await operator.post('/demo', new URLSearchParams({ text: 'x' }), forged);
    expectPage(new TestPage(answer), 403);
  });
});
