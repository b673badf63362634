import { expectProblem } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import {
  attributeOf,
  BROWSER_ACCEPT,
  elementsIn,
  expectPage,
  pathAfter,
  TestPage,
  textOf,
} from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

const FORM = '/v1/sites/demo/articles/%2Fdemo/comments';
const HOSTILE = '"><img src=x onerror=alert(1)></textarea><script>alert(1)</script>\u202e';

let service: TestService;
let operator: TestClient;
let demo: TestSite;

beforeAll(async () => {
  service = await startTestService({ SUBMIT_LIMIT_PER_MINUTE: '0' });
  operator = await service.signIn();
  demo = TestSite.known('demo', operator, service.anonymous);
});

afterAll(() => service.close());

function open(path = '/demo'): Promise<TestPage> {
  return TestPage.open(service.anonymous, path);
}

async function send(fields: Record<string, string>, path = '/demo'): Promise<Answer> {
  return (await open(path)).send(service.anonymous, FORM, {
    name: 'Ada',
    email: 'ada@analytical.org',
    body: `A thought of ${String(performance.now())}.`,
    ...fields,
  });
}

async function published(fields: Record<string, string> = {}, path = '/demo'): Promise<string> {
  const receipt = await service.anonymous.get(pathAfter(await send(fields, path)));
  const id = String(receipt.body.id);
  await demo.settled(id);
  await demo.decided(id, 'publish', undefined, '/demo');
  await waitUntil(async () => (await open()).all('article', { id: `comment-${id}` }).length > 0, 'it is on the page');
  return id;
}

describe('the demo', () => {
  it('is an article with an empty thread and a form', async () => {
    const page = await open();
    expectPage(page, 200, ['/embed.js']);
    expect(textOf(page.one('h1'))).toBe('Why small is beautiful');
    expect(page.text.split(' ').length).toBeGreaterThan(400);
    for (const words of ['Be the first to comment', 'Leave a comment', 'Your email address will not be published.']) {
      expect(page.text).toContain(words);
    }
    const field = (id: string): Record<string, string> =>
      Object.fromEntries(
        page.one(id === 'field-body' ? 'textarea' : 'input', { id }).attrs.map((one) => [one.name, one.value]),
      );
    expect(field('field-name')).toMatchObject({ name: 'name', autocomplete: 'name', required: '', maxlength: '100' });
    expect(field('field-email')).toMatchObject({ name: 'email', type: 'email', autocomplete: 'email', required: '' });
    expect(field('field-url')).toMatchObject({ name: 'url', autocomplete: 'url' });
    expect(field('field-body')).toMatchObject({ name: 'body', required: '', maxlength: '10000' });
    expect(attributeOf(page.one('div', { class: 'trap' }), 'aria-hidden')).toBe('true');
    expect(field('field-website')).toMatchObject({ name: 'website', tabindex: '-1', autocomplete: 'off', value: '' });
  });

  it('has all that between the tags of the widget, which takes its place where scripts run', async () => {
    const [element] = (await open()).all('winnow-comments', { site: 'demo', article: '/demo' });
    const inside = element ? elementsIn(element).map(({ tagName }) => tagName) : [];
    expect(inside).toEqual(expect.arrayContaining(['form', 'textarea', 'section']));
  });

  it('is where the bare address leads', async () => {
    const answer = await service.anonymous.get('/');
    expect({ status: answer.status, location: answer.headers.get('location') }).toEqual({
      status: 302,
      location: '/demo',
    });
  });

  it('takes a comment, says what becomes of it, and shows it once it is approved', async () => {
    const receipt = pathAfter(await send({ name: 'Zoë', url: 'zoe.example' }));
    const page = await TestPage.open(service.anonymous, receipt);
    expectPage(page, 200);
    expect(page.text).toMatch(/arrived/);
    expect(page.text).toMatch(/Reload this page/);
    expect(attributeOf(page.one('a', { class: 'button' }), 'href')).toMatch(/\/demo$/);
    expect(page.all('meta', { name: 'robots', content: 'noindex' })).toHaveLength(1);
    const id = String((await service.anonymous.get(receipt)).body.id);
    expect((await demo.settled(id)).article).toMatchObject({ key: '/demo', title: 'Why small is beautiful' });
    await demo.decided(id, 'approve', undefined, '/demo');
    await waitUntil(async () => (await open()).all('article', { id: `comment-${id}` }).length > 0, 'it is on the page');
    const link = (await open()).one('a', { href: 'https://zoe.example/' });
    expect(attributeOf(link, 'rel')).toBe('nofollow ugc noopener noreferrer');
    expect(textOf(link)).toBe('Zoë');
    expect((await open()).text).not.toContain('Be the first to comment');
    expect((await TestPage.open(service.anonymous, receipt)).text).toContain('is published');
  });

  it('lets a reader answer, and shows whom, without a script', async () => {
    const id = await published({ name: 'Ines' });
    const page = await open(`/demo?reply=${id}`);
    expect(textOf(page.one('h2', { id: 'form-title' }))).toBe('Reply to Ines');
    expect(page.fieldsOf(FORM).get('parentId')).toBe(id);
    const answer = await published({ name: 'Olu' }, `/demo?reply=${id}`);
    const thread = (await service.anonymous.get<{ comments: { id: string; parentId: string }[] }>(FORM)).body;
    expect(thread.comments.find((one) => one.id === answer)?.parentId).toBe(id);
    expect((await open('/demo?reply=nobody')).text).toContain('Leave a comment');
  });

  it('shows hostile names and texts as text', async () => {
    const id = await published({ name: HOSTILE.slice(0, 90), body: `${HOSTILE} ${String(performance.now())}` });
    const page = await open(`/demo?reply=${id}`);
    expect(page.all('script').map((script) => attributeOf(script, 'src'))).toEqual(['/embed.js']);
    expect(page.all('img', { src: 'x' })).toEqual([]);
    const comment = page.one('article', { id: `comment-${id}` });
    expect(textOf(comment)).toContain('<script>alert(1)</script>');
  });

  it('goes on on another page when the thread is long', async () => {
    await Promise.all(
      Array.from({ length: 52 }, async () => {
        const { id } = await demo.submitSettled('/demo');
        await demo.decided(id, 'publish', undefined, '/demo');
      }),
    );
    await waitUntil(async () => (await open()).all('a', { rel: 'next' }).length === 1, 'there is a second page');
    const next = attributeOf((await open()).one('a', { rel: 'next' }), 'href') ?? '';
    const second = await open(next.split('#')[0]);
    expectPage(second, 200, ['/embed.js']);
    expect(second.all('article', { class: 'comment' }).length).toBeGreaterThan(0);
    expect(second.text).toContain('Back to the oldest comments');
  });
});

describe('a form that is sent wrong by a browser', () => {
  it('comes back with everything that was typed and a sentence at each field', async () => {
    const typed = { name: '', email: 'ada at analytical', url: 'ht!tp', body: `\n${HOSTILE.replace('\u202e', '')}` };
    const page = new TestPage(await send(typed));
    expectPage(page, 422);
    expect(page.fieldsOf(FORM).get('body')).toBe(typed.body);
    expect(page.fieldsOf(FORM).get('email')).toBe(typed.email);
    expect(page.fieldsOf(FORM).get('url')).toBe(typed.url);
    expect(page.fieldsOf(FORM).get('formToken')).toMatch(/^[\w-]+$/);
    for (const name of ['name', 'email', 'url']) {
      const input = page.one('input', { id: `field-${name}` });
      expect(attributeOf(input, 'aria-invalid')).toBe('true');
      expect(attributeOf(input, 'aria-describedby')).toContain(`${name}-fault`);
      expect(textOf(page.one('p', { id: `${name}-fault` }))).toMatch(/\.$/);
    }
    expect(page.all('input', { autofocus: '' })).toHaveLength(1);
    expect(page.all('script')).toEqual([]);
    const mended = { name: 'Ada', email: 'ada@analytical.org', url: '' };
    expect(pathAfter(await page.send(service.anonymous, FORM, mended))).toMatch(/^\/v1\/receipts\//);
  });

  it('may still lead back to the page it came from', async () => {
    const typed = { email: 'ada at analytical', redirect: 'https://blog.example/post' };
    const page = new TestPage(await send(typed));
    expectPage(page, 422);
    expect(page.fieldsOf(FORM).get('redirect')).toBe(typed.redirect);
    const policy = page.answer.headers.get('content-security-policy');
    expect(policy).toContain(' https://blog.example;');
    const odd = new TestPage(await send({ ...typed, redirect: 'javascript:alert(1)' }));
    expect(odd.answer.headers.get('content-security-policy')).not.toContain('javascript');
  });

  it('stands on its own when the comment answered to is gone', async () => {
    const page = new TestPage(await send({ parentId: '01890a5d-ac96-774b-bcce-b302099a8057' }));
    expectPage(page, 422);
    expect(page.text).toContain('yours will stand on its own');
    expect(page.fieldsOf(FORM).has('parentId')).toBe(false);
    pathAfter(await page.send(service.anonymous, FORM));
  });

  it('says how long to wait when there were too many, and keeps the text', async () => {
    const strict = await service.another({ ROLE: 'web', SUBMIT_LIMIT_PER_MINUTE: '1' });
    const url = strict.url ?? '';
    const once = async (body: string): Promise<TestPage> => {
      const form = new URLSearchParams({ name: 'Ada', email: 'ada@analytical.org', body });
      const response = await fetch(url + FORM, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: { accept: BROWSER_ACCEPT },
      });
      return new TestPage({
        status: response.status,
        headers: response.headers,
        text: await response.text(),
        body: null,
      });
    };
    await once('The first of two.');
    const page = await once('The second of two.');
    expectPage(page, 429);
    expect(page.answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(page.text).toMatch(/Wait \d+ seconds?/);
    expect(page.fieldsOf(FORM).get('body')).toBe('The second of two.');
  });

  it('gets problem+json where a program sent it', async () => {
    const form = new URLSearchParams({ name: '', email: 'x', body: '' });
    expectProblem(await service.anonymous.post(FORM, form), 422, 'invalid-body');
    expectProblem(await service.anonymous.post(FORM, form, { accept: '*/*' }), 422, 'invalid-body');
    expectProblem(await service.anonymous.post(FORM, {}, { accept: BROWSER_ACCEPT }), 422, 'invalid-body');
  });

  it('of a foreign page is refused on a page', async () => {
    const form = new URLSearchParams({ name: 'Ada', email: 'ada@analytical.org', body: 'From elsewhere.' });
    const headers = { accept: BROWSER_ACCEPT, origin: 'https://evil.example' };
    expectPage(new TestPage(await service.anonymous.post(FORM, form, headers)), 403);
  });
});

describe('the receipt', () => {
  it('asks kindly about a mistyped host, and shows no more of the address', async () => {
    const page = await TestPage.open(service.anonymous, pathAfter(await send({ email: 'private.person@gmial.com' })));
    expect(page.text).toContain('Did you mean @gmail.com?');
    expect(page.answer.text).not.toContain('private.person');
  });

  it('that does not exist is a page for a browser', async () => {
    const page = await TestPage.open(service.anonymous, '/v1/receipts/none');
    expectPage(page, 404);
    expect(page.text).toContain('There is no such receipt');
  });
});

describe('an address where nothing is', () => {
  it('is a page for a browser and a problem for a program', async () => {
    const page = await TestPage.open(service.anonymous, '/nothing/here');
    expectPage(page, 404);
    expectProblem(await service.anonymous.get('/nothing/here'), 404, 'not-found');
    expectProblem(
      await service.anonymous.get('/v1/sites/none/counts', { accept: BROWSER_ACCEPT }),
      404,
      'site-not-found',
    );
  });

  it('of a style sheet is kept for a year, and of none is 404', async () => {
    const page = await open();
    for (const link of [...page.all('link', { rel: 'stylesheet' }), page.one('link', { rel: 'icon' })]) {
      const answer = await service.anonymous.get(attributeOf(link, 'href') ?? '');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^(text\/css|image\/svg\+xml)/);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect((await service.anonymous.get('/assets/page.css')).status).toBe(404);
    expect((await service.anonymous.get('/assets/..%2F..%2Fpackage.json')).status).toBe(404);
  });
});

describe('a demo that is over', () => {
  it('has a sentence in place of the form when the article is closed', async () => {
    await operator.request('PATCH', '/v1/sites/demo/articles/%2Fdemo', { open: false });
    await waitUntil(async () => (await open()).all('form', { action: FORM }).length === 0, 'the form is gone');
    expect((await open()).text).toContain('Comments are closed');
    const form = new URLSearchParams({ name: 'Ada', email: 'ada@analytical.org', body: 'Too late, alas.' });
    const page = new TestPage(await service.anonymous.post(FORM, form, { accept: BROWSER_ACCEPT }));
    expectPage(page, 409);
    expect(page.text).toContain('Too late, alas.');
    await operator.request('PATCH', '/v1/sites/demo/articles/%2Fdemo', { open: true });
  });

  it('is 404 and leads to the desk when its site was deleted', async () => {
    const owner = await signInMember(service, 'owner@demo.test', { demo: 'owner' });
    expect((await owner.request('DELETE', '/v1/sites/demo')).status).toBe(204);
    await waitUntil(async () => (await open()).answer.status === 404, 'the demo is gone');
    expectPage(await open(), 404);
    expect((await service.anonymous.get('/')).headers.get('location')).toBe('/desk');
  });
});
