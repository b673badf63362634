/*
 * A small HTTP client for tests: JSON in, status, headers and JSON out; it remembers a cookie or an API key. Every
 * exchange must be as /openapi.json says.
 */
import { contractOf, type Exchange } from './contract.js';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null where it is no JSON. */
  readonly body: Body;
}

export interface CommentInput {
  readonly author?: { readonly name?: string; readonly email?: string; readonly url?: string };
  readonly body?: string;
  readonly [member: string]: unknown;
}

export class TestClient {
  constructor(
    readonly url: string,
    readonly credentials: Readonly<Record<string, string>> = {},
  ) {}

  async request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof URLSearchParams;
    const sentHeaders = {
      ...this.credentials,
      ...(body !== undefined && !(body instanceof URLSearchParams) && { 'content-type': 'application/json' }),
      ...headers,
    };
    const sentBody = body === undefined || isRaw ? (body as string | undefined) : JSON.stringify(body);
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: sentHeaders,
      ...(sentBody !== undefined && { body: sentBody }),
    });
    const text = await response.text();
    const { status } = response;
    const sent = describeSent(sentHeaders, sentBody);
    const { pathname, search } = new URL(this.url + path);
    (await contractOf(this.url)).check({
      method,
      path: pathname + search,
      sent,
      status,
      headers: response.headers,
      text,
    });
    return { status, headers: response.headers, text, body: parse(text) as Body };
  }

  get<Body = Record<string, unknown>>(path: string, headers?: Record<string, string>): Promise<Answer<Body>> {
    return this.request<Body>('GET', path, undefined, headers);
  }

  post<Body = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>> {
    return this.request<Body>('POST', path, body, headers);
  }

  /** Submits a valid comment, changed as told. */
  comment<Body = { id: string; receipt: string; statusUrl: string }>(
    site: string,
    article: string,
    { author, ...members }: CommentInput = {},
    headers?: Record<string, string>,
  ): Promise<Answer<Body>> {
    const path = `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments`;
    const body = {
      author: { name: 'Ada Lovelace', email: 'ada@analytical.org', ...author },
      body: 'I agree with the second paragraph, and would like to hear more about the first.',
      ...members,
    };
    return this.post<Body>(path, body, headers);
  }

  async signIn(email: string, password: string): Promise<TestClient> {
    const answer = await this.post('/v1/session', { email, password });
    if (answer.status !== 200) throw new Error(`Signing in failed: ${answer.text}`);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return new TestClient(this.url, { cookie });
  }

  withKey(key: string): TestClient {
    return new TestClient(this.url, { authorization: `Bearer ${key}` });
  }
}

function describeSent(headers: Record<string, string>, body: unknown): Exchange['sent'] {
  const form = 'application/x-www-form-urlencoded';
  if (body instanceof URLSearchParams) {
    return { headers: new Headers({ 'content-type': form, ...headers }), body: body.toString() };
  }
  const text = body instanceof Uint8Array ? Buffer.from(body).toString() : (body as string | undefined);
  return { headers: new Headers(headers), body: text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
