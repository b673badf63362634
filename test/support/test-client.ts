/* A small HTTP client for tests: JSON in, status, headers and JSON out; it remembers a cookie or an API key. */

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
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...this.credentials,
        ...(body !== undefined && !(body instanceof URLSearchParams) && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) as Body };
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
