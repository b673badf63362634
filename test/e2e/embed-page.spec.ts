import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { attributeOf, expectPage, TestPage, textOf } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const QUEUE = '/desk/sites/blog';
const HOSTILE = '"><img src=x onerror=alert(1)></textarea><script>alert(1)</script>';

let service: TestService;
let moderator: TestClient;

beforeAll(async () => {
  service = await startTestService();
  await TestSite.make(await service.signIn(), service.anonymous, { key: 'blog', name: 'The blog' });
  moderator = await signInMember(service, 'moderator@blog.test', { blog: 'moderator' });
});

afterAll(() => service.close());

function open(path: string, client: TestClient): Promise<TestPage> {
  return TestPage.open(client, path);
}

function scriptsOf(page: TestPage): string[] {
  return page.all('script').map((script) => attributeOf(script, 'src') ?? '');
}

describe('the page for owners', () => {
  it('shows the addresses of the feeds and a form to copy', async () => {
    const owner = await signInMember(service, 'owner@blog.test', { blog: 'owner' });
    const query = `?article=${encodeURIComponent(`/x${HOSTILE}`)}`;
    const page = await open(`${QUEUE}/embed${query}`, owner);
    const preview = `${QUEUE}/embed/preview?${new URLSearchParams({ article: `/x${HOSTILE}` }).toString()}`;
    expectPage(page, 200, scriptsOf(page), preview);
    for (const words of [
      'feed.json',
      'feed.atom',
      'feed.rss',
      'feed.html',
      '<textarea name="body"',
      '/embed.js" async>',
    ]) {
      expect(page.text).toContain(words);
    }
    expect(page.text).toContain('<winnow-comments site="blog" article="/x&quot;');
    expect([...page.all('textarea'), ...page.all('winnow-comments')]).toEqual([]);
    const framed = await open(preview, owner);
    expect(attributeOf(framed.one('winnow-comments'), 'article')).toBe(`/x${HOSTILE}`);
    expect(framed.answer.headers.get('content-security-policy')).toContain(`frame-ancestors 'self';`);
    expectPage(await open(preview, moderator), 403);
  });

  it('writes what is chosen into the lines to copy and into the preview, and nothing else', async () => {
    const owner = await signInMember(service, 'chooser@blog.test', { blog: 'owner' });
    const chosen = await open(`${QUEUE}/embed?article=%2Fa&theme=dark&lang=de&sort=newest`, owner);
    expect(textOf(chosen.one('code', { id: 'widget-snippet' }))).toContain(
      '<winnow-comments site="blog" article="/a" theme="dark" lang="de" sort="newest"></winnow-comments>',
    );
    expect(attributeOf(chosen.one('iframe'), 'src')).toBe(
      `${QUEUE}/embed/preview?article=%2Fa&theme=dark&lang=de&sort=newest`,
    );
    const plain = await open(`${QUEUE}/embed?theme=blink&lang=xx`, owner);
    expect(textOf(plain.one('code', { id: 'widget-snippet' }))).toContain(
      '<winnow-comments site="blog"></winnow-comments>',
    );
    expectPage(await open(`${QUEUE}/embed?article=%00`, owner), 400);
  });
});
