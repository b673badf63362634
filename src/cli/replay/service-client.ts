/* HTTP to the service: JSON both ways. A failed connection is an answer too, so that callers have one case to judge. */

export interface Answer {
  /** 0 when none came. */
  readonly status: number;
  /** The parsed JSON; null where there was none. */
  readonly body: unknown;
  /** From `Retry-After` (RFC 9110, section 10.2.3), in milliseconds. */
  readonly retryAfterMs: number | null;
  readonly cookies: readonly string[];
  /** Why none came, or what the service said of its refusal. */
  readonly detail: string;
  readonly tookMs: number;
}

/** Longer than any answer of the service under load; a hung connection must end some time. */
const ANSWER_WITHIN_MS = 30_000;

export class ServiceClient {
  constructor(
    readonly url: string,
    private readonly credentials: Readonly<Record<string, string>> = {},
  ) {}

  withKey(key: string): ServiceClient {
    return new ServiceClient(this.url, { authorization: `Bearer ${key}` });
  }

  withCookie(cookie: string): ServiceClient {
    return new ServiceClient(this.url, { cookie });
  }

  get(path: string): Promise<Answer> {
    return this.#ask('GET', path);
  }

  delete(path: string): Promise<Answer> {
    return this.#ask('DELETE', path);
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.#ask('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  async #ask(
    method: string,
    path: string,
    body: string | null = null,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const startedAt = performance.now();
    try {
      const response = await fetch(this.url + path, {
        method,
        body,
        headers: { accept: 'application/json', ...this.credentials, ...headers },
        // A key must not follow to another host.
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const parsed = parse(await response.text());
      return {
        status: response.status,
        body: parsed,
        retryAfterMs: readRetryAfter(response.headers.get('retry-after'), Date.now()),
        cookies: response.headers.getSetCookie(),
        detail: describeRefusal(parsed),
        tookMs: performance.now() - startedAt,
      };
    } catch (error) {
      const detail = describeFailure(error);
      return { status: 0, body: null, retryAfterMs: null, cookies: [], detail, tookMs: performance.now() - startedAt };
    }
  }
}

/** The code of a problem (RFC 9457, and `code` as the API has it), or the bare status. */
export function problemCode({ status, body }: Answer): string {
  const { code } = (body ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : status === 0 ? 'no-answer' : `http-${status}`;
}

/** Seconds or a date, as milliseconds from `nowMs` on; null when there is none or it makes no sense. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function describeRefusal(body: unknown): string {
  const { title, detail } = (body ?? {}) as { title?: unknown; detail?: unknown };
  return [title, detail].filter((part) => typeof part === 'string' && part !== '').join(': ');
}

/** fetch hides what happened in `cause`, and in `errors` of that when a name had several addresses. */
function describeFailure(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${ANSWER_WITHIN_MS / 1000} s`;
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
}
