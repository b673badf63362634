// Sends what is made from /openapi.json to a real service. Right is whatever the document allows: no answer of 5xx, none
// that takes longer than 15 s, and no byte of the other tenant.
import fc from 'fast-check';
import { inspect } from 'node:util';
import type { OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import { contractOf, type Contract } from '../support/contract.js';
import { operationsOf } from '../support/described.js';
import { invite, tokenOf } from '../support/links.js';
import { bytesOf, makeTenant } from '../support/tenant.js';
import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { requestsTo, type CallerName, type Made, type World } from './requests.js';

export const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);
const LIMIT_MS = 15_000;
const AT_ONCE = 6;
const SHOWN = 1_500;
/** Node refuses so long a head by itself, before there is an operation. */
const HEAD_TOO_LARGE = 431;

export class Fuzzer {
  private constructor(
    private readonly service: TestService,
    private readonly contract: Contract,
    private readonly world: World,
    private readonly callers: Readonly<Record<CallerName, TestClient>>,
  ) {}

  static async open(): Promise<Fuzzer> {
    const service = await startTestService();
    const operator = await service.signIn();
    const own = await makeTenant(service, operator, 'fuzz-a', 'quokkaberg');
    const foreign = await makeTenant(service, operator, 'fuzz-b', 'zephyrstein');
    const spare = await signInMember(service, 'spare@fuzz.test', { 'fuzz-a': 'viewer' });
    const { body: document } = await service.anonymous.get<OpenApiDocument>('/openapi.json');
    const invitation = await invite(own.owner, own.site, 'invited@fuzz.test');
    const { account = '' } = own.ids;
    const reset = await operator.post<{ url: string }>(`/v1/accounts/${account}/password-resets`);
    const { receipt } = await own.site.submit();
    const secrets = { token: [tokenOf(invitation), tokenOf(reset.body)], receipt: [receipt] };
    const callers = { operator, anonymous: service.anonymous, owner: own.owner, key: own.key, spare };
    return new Fuzzer(service, await contractOf(service.url), { document, own, foreign, secrets }, callers);
  }

  close(): Promise<void> {
    return this.service.close();
  }

  /** How often each operation did what it was asked to. */
  readonly done = new Map<string, number>();

  /** @returns what was wrong, each kind of fault once, with a request that shows it */
  async run(tag: string, count: number, tell: (done: number) => void = () => undefined): Promise<string[]> {
    const operations = operationsOf(this.world.document).filter((one) => one.tag === tag);
    const requests = fc.sample(requestsTo(operations, this.world), { numRuns: count, seed: SEED });
    const faults = new Map<string, string>();
    let next = 0;
    const take = async (): Promise<void> => {
      for (let made = requests[next++]; made; made = requests[next++]) {
        tell(next - 1);
        for (const fault of await this.#faultsOf(made)) {
          const kind = `${made.one.id}: ${fault.replace(/[\da-f]{8}-[\da-f-]{27}|\d{3,}/g, '…')}`;
          if (!faults.has(kind)) faults.set(kind, `${made.one.id}: ${fault}\n${shown(made)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
    return [...faults.values()];
  }

  /** Operations that refused everything. */
  undone(): string[] {
    return operationsOf(this.world.document)
      .map(({ id }) => id)
      .filter((id) => !this.done.has(id));
  }

  async #faultsOf(made: Made): Promise<string[]> {
    const { method } = made.one;
    const headers = new Headers({ ...this.callers[made.caller].credentials, ...made.headers });
    const url = new URL(this.service.url + made.path);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      stop.abort();
    }, LIMIT_MS);
    try {
      const body = made.body === undefined ? {} : { body: made.body };
      const answer = await fetch(url, { method, headers, ...body, redirect: 'manual', signal: stop.signal });
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
      const text = isStream ? '' : await answer.text();
      if (isStream) stop.abort();
      const { status } = answer;
      if (answer.status < 400) this.done.set(made.one.id, (this.done.get(made.one.id) ?? 0) + 1);
      const exchange = {
        method,
        path: url.pathname + url.search,
        sent: { headers, body: made.body },
        status,
        headers: answer.headers,
        text,
      };
      // An operator may see everything.
      const leaked = made.caller === 'operator' ? [] : bytesOf(this.world.foreign, text, url.href);
      return [
        ...(status >= 500 ? [`${String(status)} ${text.slice(0, 200)}`] : []),
        ...(status === HEAD_TOO_LARGE ? [] : this.contract.faultsOf(exchange)).map(
          (fault) => `${String(status)} ${fault}`,
        ),
        ...(leaked.length > 0 ? [`${String(status)} holds what is another tenant's`] : []),
      ];
    } catch (error) {
      return [`no answer within 15 s, or none at all: ${inspect(error).slice(0, SHOWN)}`];
    } finally {
      clearTimeout(timer);
    }
  }
}

function shown({ caller, one, path, headers, body }: Made): string {
  return `  ${caller}: ${one.method} ${path.slice(0, SHOWN)} ${JSON.stringify(headers).slice(0, SHOWN)}\n  ${body?.slice(0, SHOWN) ?? ''}`;
}
