import { expectProblem, pointersOf } from '../support/problems.js';
import type { Answer } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { describeWithVectors } from '../support/vectors.js';

const REGISTERED = ['https://blog.example', 'https://*.preview.example'];

let service: TestService;
let site: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  site = await TestSite.make(await service.signIn(), service.anonymous, { key: 'blog', origins: REGISTERED });
});

afterAll(() => service.close());

function submitForm(
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  article = '/form',
): Promise<Answer> {
  const body = `The ${String(++serial)}th form.`;
  const form = new URLSearchParams({ name: 'Ada', email: 'ada@analytical.org', body, ...fields });
  return service.anonymous.post(site.articlePath(article, '/comments'), form, headers);
}

function locationOf(answer: Answer): URL {
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 303, text: '' });
  return new URL(answer.headers.get('location') ?? '', service.url);
}

/** The service by either of its names. */
function ownOrigins(): string[] {
  return [service.url, service.url.replace('127.0.0.1', 'localhost')];
}

async function formToken(article = '/form'): Promise<string> {
  return (await service.anonymous.get<{ formToken: string }>(site.articlePath(article, '/form'))).body.formToken;
}

describe('a plain form', () => {
  it('sends its reader to the page of the receipt', async () => {
    const location = locationOf(await submitForm({}));
    expect(ownOrigins()).toContain(location.origin);
    const page = await service.anonymous.get(location.pathname, { accept: 'text/html' });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('takes every field of the contract and ignores those that are none', async () => {
    const fields = {
      ...{ name: 'Zoë', url: 'https://zoe.example/', articleUrl: 'https://blog.example/form', articleTitle: 'Forms' },
      ...{ language: 'en', body: 'One\r\ntwo + three', submit: 'Send', 'author[name]': 'x', __proto: 'y' },
    };
    const location = locationOf(await submitForm(fields, {}, '/every-field'));
    const receipt = await service.anonymous.get(location.pathname);
    const item = await site.settled(String(receipt.body.id));
    expect(item).toMatchObject({
      author: { name: 'Zoë', email: 'ada@analytical.org', url: 'https://zoe.example/' },
      article: { key: '/every-field', title: 'Forms', url: 'https://blog.example/form' },
      body: 'One\ntwo + three',
    });
  });

  it('leaves empty fields out', async () => {
    const empty = { url: '', parentId: '', articleUrl: '', articleTitle: '', language: '', formToken: '', website: '' };
    locationOf(await submitForm({ ...empty, redirect: '' }));
  });

  it('with a charset in its type is a form all the same', async () => {
    const type = 'application/x-www-form-urlencoded; charset=UTF-8';
    locationOf(await submitForm({}, { 'content-type': type }));
  });

  it.each([
    [{ email: 'ada' }, '/author/email'],
    [{ name: '' }, '/author/name'],
    [{ body: 'x'.repeat(10_001) }, '/body'],
    [{ body: 'a\0b' }, '/body'],
  ])('%# is refused where a field is wrong', async (fields, pointer) => {
    const answer = await submitForm(fields);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it('that repeats an Idempotency-Key or itself gives the same receipt', async () => {
    const fields = { body: 'Once and no more.' };
    const [first, second] = [locationOf(await submitForm(fields)), locationOf(await submitForm(fields))];
    expect(second.href).toBe(first.href);
  });
});

describe('where a form sends its reader', () => {
  it.each([
    ['https://blog.example/post?x=1', 'https://blog.example/post?x=1'],
    ['https://blog.example/post#thanks', 'https://blog.example/post'],
    ['https://pr-7.preview.example/', 'https://pr-7.preview.example/'],
    ['HTTPS://BLOG.EXAMPLE/a', 'https://blog.example/a'],
  ])('to %s, with the receipt in the fragment', async (redirect, page) => {
    const location = locationOf(await submitForm({ redirect }));
    expect(location.href.split('#')[0]).toBe(page);
    const receipt = location.hash.replace('#winnow-receipt=', '');
    expect((await service.anonymous.get(`/v1/receipts/${receipt}`)).status).toBe(200);
  });

  it.each([
    'https://evil.example/',
    'https://blog.example.evil.example/',
    'https://evilblog.example/',
    'http://blog.example/',
    'https://blog.example:8443/',
    'https://blog.example@evil.example/',
    'https://evil.example\\@blog.example/',
    'https://evil.example/https://blog.example/',
    'https://preview.example/',
    'https://a.b.preview.example/',
    'https://evil.example#.preview.example/',
    'https://user:pass@blog.example/',
    'javascript:alert(1)//blog.example',
    'data:text/html,blog.example',
    '//evil.example/',
    '/\\evil.example/',
  ])('never to %s', async (redirect) => {
    expect(ownOrigins()).toContain(locationOf(await submitForm({ redirect })).origin);
  });

  describeWithVectors('api/open-redirect.json', (cases) => {
    it('stays on the service or a registered origin, whatever is asked', async () => {
      const answers = await Promise.all(
        cases.map(async ({ input }) => ({ input, answer: await submitForm({ redirect: input }) })),
      );
      const strays = answers.filter(({ answer }) => {
        const { status, headers } = answer;
        if (status >= 400 && status < 500) return false;
        const location = new URL(headers.get('location') ?? 'none:', service.url);
        return status !== 303 || ![...ownOrigins(), 'https://blog.example'].includes(location.origin);
      });
      expect(strays).toEqual([]);
    });
  });
});

describe('the form token', () => {
  it('is never cached, and may be read from any page', async () => {
    const answer = await service.anonymous.get(site.articlePath('/form', '/form'), { origin: 'https://any.example' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ formToken: expect.stringMatching(/^[\w-]+$/) as string });
    expect(answer.headers.get('cache-control')).toMatch(/no-store/);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('lets a form in that comes from a page without an origin', async () => {
    locationOf(await submitForm({ formToken: await formToken() }, { origin: 'null' }));
  });

  it('belongs to one article, and cannot be made up', async () => {
    const own = await formToken();
    const tokens = [await formToken('/other'), own.slice(1), `${own.slice(0, -2)}AA`, 'x', ''];
    for (const token of tokens) {
      const answer = await submitForm({ formToken: token }, { origin: 'null' });
      expectProblem(answer, 403, 'origin-not-registered');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expectProblem(await submitForm({}, { origin: 'null' }), 403, 'origin-not-registered');
  });

  it('does not open JSON to a page without an origin', async () => {
    const answer = await service.anonymous.comment(
      'blog',
      '/form',
      { formToken: await formToken() },
      { origin: 'null' },
    );
    expectProblem(answer, 403, 'origin-not-registered');
  });

  it('that is wrong does no harm where the origin is known or not needed', async () => {
    locationOf(await submitForm({ formToken: 'x' }, { origin: 'https://blog.example' }));
    locationOf(await submitForm({ formToken: 'x' }));
  });

  it('does not open a form of an unregistered origin', async () => {
    const answer = await submitForm({ formToken: await formToken() }, { origin: 'https://evil.example' });
    expectProblem(answer, 403, 'origin-not-registered');
  });

  it('tells the moderator of a form that was filled in too fast for a person', async () => {
    const location = locationOf(await submitForm({ formToken: await formToken() }));
    const { body } = await service.anonymous.get(location.pathname);
    const item = await site.settled(String(body.id));
    expect(item.verdict?.signals.map(({ name }) => name)).toContain('too-fast');
  });
});
