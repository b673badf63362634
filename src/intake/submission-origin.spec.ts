import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../platform/problem/problem.js';
import { makeReceipt } from '../comments/receipt.js';
import { newId, type CommentId, type SiteId } from '../platform/ids.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { SiteDirectory } from '../sites/site-directory.js';
import { isForm } from '../platform/http/body-parsers.js';
import { SubmissionOrigin } from './submission-origin.js';

const ROUTE = '/v1/sites/:site/articles/:article/comments';
const RECEIPT_ROUTE = '/v1/receipts/:receipt';
const SITE_ID = newId<SiteId>();
const FORM = 'application/x-www-form-urlencoded';

/** A directory of one site. */
class OneSite {
  byKey(key: string): Promise<{ origins: string[] }> {
    if (key !== 'blog') return Promise.reject(new Problem('site-not-found'));
    return Promise.resolve({ origins: ['https://blog.example', 'https://*.preview.example'] });
  }

  byId(id: SiteId): Promise<{ origins: readonly string[] } | null> {
    return Promise.resolve(id === SITE_ID ? { origins: ['https://blog.example'] } : null);
  }
}

const secrets = new Secrets(Buffer.from('a secret of the tests'));
const hook = new SubmissionOrigin(new OneSite() as unknown as SiteDirectory, secrets);
const receiptOf = (site: SiteId): string => makeReceipt(secrets, site, newId<CommentId>());

interface Asked {
  readonly method?: string;
  readonly route?: string;
  readonly site?: string;
  readonly receipt?: string;
  readonly headers?: Record<string, string>;
}

async function ask({ method = 'POST', route = ROUTE, site = 'blog', receipt, headers = {} }: Asked): Promise<{
  code: string;
  sent: Record<string, string>;
}> {
  const sent: Record<string, string> = {};
  const reply = {
    header(name: string, value: string) {
      sent[name] = value;
      return reply;
    },
  };
  const request = {
    method,
    routeOptions: { url: route },
    params: receipt === undefined ? { site } : { receipt },
    headers: { host: 'comments.example', ...headers },
  };
  try {
    await hook.onRequest(request as unknown as FastifyRequest, reply as unknown as FastifyReply);
    return { code: 'let through', sent };
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, sent };
    throw error;
  }
}

describe('SubmissionOrigin', () => {
  it.each(['https://blog.example', 'https://pr-7.preview.example', 'https://comments.example'])(
    'lets %s post and echoes it alone',
    async (origin) => {
      const { code, sent } = await ask({ headers: { origin } });
      expect(code).toBe('let through');
      expect(sent).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
      expect(sent).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it.each([
    'https://evil.example',
    'https://blog.example.evil.example',
    'https://evilblog.example',
    'http://blog.example',
    'https://blog.example:8443',
    'https://a.b.preview.example',
    'null',
    '',
    'blog.example',
    'https://xn--blg-hoa.example',
  ])('refuses %j and echoes nothing', async (origin) => {
    const { code, sent } = await ask({ headers: { origin } });
    expect(code).toBe('origin-not-registered');
    expect(sent).not.toHaveProperty('access-control-allow-origin');
    expect(sent.vary).toBe('Origin');
  });

  it('takes a request without an origin, which no page of a browser makes', async () => {
    expect((await ask({})).code).toBe('let through');
  });

  it('leaves a form of a page without an origin to the form token, and JSON of it not', async () => {
    expect((await ask({ headers: { origin: 'null', 'content-type': FORM } })).code).toBe('let through');
    expect((await ask({ headers: { origin: 'null', 'content-type': 'application/json' } })).code).toBe(
      'origin-not-registered',
    );
  });

  it('answers a preflight by the same rule', async () => {
    expect((await ask({ method: 'OPTIONS', headers: { origin: 'https://blog.example' } })).code).toBe('let through');
    expect((await ask({ method: 'OPTIONS', headers: { origin: 'https://evil.example' } })).code).toBe(
      'origin-not-registered',
    );
  });

  it('says 404 for a site that does not exist', async () => {
    expect((await ask({ site: 'none', headers: { origin: 'https://blog.example' } })).code).toBe('site-not-found');
  });

  it.each(['PATCH', 'DELETE', 'OPTIONS'])('knows the site of a receipt for %s', async (method) => {
    const asked = { method, route: RECEIPT_ROUTE, receipt: receiptOf(SITE_ID) };
    const known = await ask({ ...asked, headers: { origin: 'https://blog.example' } });
    expect(known).toMatchObject({
      code: 'let through',
      sent: { 'access-control-allow-origin': 'https://blog.example' },
    });
    expect((await ask({ ...asked, headers: { origin: 'https://evil.example' } })).code).toBe('origin-not-registered');
    expect((await ask({ ...asked, headers: { origin: 'null' } })).code).toBe('origin-not-registered');
  });

  it.each(['no receipt', receiptOf(newId<SiteId>())])('says 404 for a receipt of no site there is', async (receipt) => {
    const headers = { origin: 'https://blog.example' };
    expect((await ask({ method: 'PATCH', route: RECEIPT_ROUTE, receipt, headers })).code).toBe('receipt-not-found');
  });

  it('looks at no other route and no reading', async () => {
    const headers = { origin: 'https://evil.example' };
    expect(await ask({ route: '/v1/sites', headers })).toEqual({ code: 'let through', sent: {} });
    expect(await ask({ method: 'GET', headers })).toEqual({ code: 'let through', sent: {} });
  });
});

describe('isForm', () => {
  it.each([FORM, `${FORM}; charset=utf-8`, FORM.toUpperCase()])('knows %s', (type) => {
    expect(isForm({ headers: { 'content-type': type } } as FastifyRequest)).toBe(true);
  });

  it.each([undefined, 'application/json', 'multipart/form-data', `x-${FORM}`])('does not know %s', (type) => {
    expect(isForm({ headers: { 'content-type': type } } as FastifyRequest)).toBe(false);
  });
});
