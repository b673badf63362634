// Sends what is made from /openapi.json to a real service. Right is whatever the document allows: no answer of 5xx, none
// that takes longer than 15 s, and no byte of the other tenant.
import fc from 'fast-check';
import { inspect } from 'node:util';
import { contractOf, type Contract } from '../support/contract.js';
import { operationsOf } from '../support/described.js';
import { bytesOf } from '../support/tenant.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { requestsTo, rightRequestsTo, type Made } from './requests.js';
import { makeWorld, type World } from './world.js';

export const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);
const LIMIT_MS = 15_000;
const AT_ONCE = 6;
const SHOWN = 1_500;
/** Node refuses so long a head by itself, before there is an operation. */
const HEAD_TOO_LARGE = 431;

/** Requests that are right, until one is answered so: ids of comments in other states are among them. */
const RIGHT_TRIES = 60;

export class Fuzzer {
  #world: World;
  #sent = 0;
  /** How often what is foreign was in a body that was taken: a job shows the filter that it was given. */
  readonly #given = new Map<string, number>();
  /** The last one of each operation, for who looks why it did nothing. */
  readonly #answers = new Map<string, string>();

  private constructor(
    private readonly service: TestService,
    private readonly operator: TestClient,
    private readonly contract: Contract,
    world: World,
  ) {
    this.#world = world;
  }

  static async open(): Promise<Fuzzer> {
    // Behind a proxy, so that each request comes from elsewhere and none is refused for what others did.
    const service = await startTestService({ TRUST_PROXY: '127.0.0.1' });
    const operator = await service.signIn();
    const world = await makeWorld(service, operator);
    return new Fuzzer(service, operator, await contractOf(service.url), world);
  }

  /** Other tenants, people and links: the last ones are worn. */
  async renew(): Promise<void> {
    this.#world = await makeWorld(this.service, this.operator);
    this.#given.clear();
  }

  close(): Promise<void> {
    return this.service.close();
  }

  /** How often each operation did what it was asked to. */
  readonly done = new Map<string, number>();

  /** @returns what was wrong, each kind of fault once, with a request that shows it */
  async run(tag: string, count: number, tell: (done: number) => void = () => undefined): Promise<string[]> {
    const operations = operationsOf(this.#world.document).filter((one) => one.tag === tag);
    const requests = fc.sample(requestsTo(operations, this.#world), { numRuns: count, seed: SEED });
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

  /**
   * Does, on what is fresh, what all requests of the kind had no luck with.
   * @returns what was wrong, and the operations that still refused everything
   */
  async finish(tag: string): Promise<{ readonly faults: readonly string[]; readonly undone: readonly string[] }> {
    const faults: string[] = [];
    for (const { id } of operationsOf(this.#world.document).filter((one) => one.tag === tag)) {
      if (this.done.has(id)) continue;
      await this.renew();
      const one = operationsOf(this.#world.document).find((other) => other.id === id)!;
      for (const made of fc.sample(rightRequestsTo(one, this.#world), { numRuns: RIGHT_TRIES, seed: SEED })) {
        faults.push(...(await this.#faultsOf(made)));
        if (this.done.has(id)) break;
      }
    }
    const undone = operationsOf(this.#world.document).filter((one) => one.tag === tag && !this.done.has(one.id));
    return { faults, undone: undone.map(({ id }) => `${id}: ${this.#answers.get(id) ?? 'was not asked'}`) };
  }

  async #faultsOf(made: Made): Promise<string[]> {
    const { method } = made.one;
    const from = { 'x-forwarded-for': addressOf(this.#sent++) };
    const headers = new Headers({ ...this.#world.callers[made.caller].credentials, ...from, ...made.headers });
    const url = new URL(this.service.url + made.path);
    // Before it is sent: another request may see it before this one is answered.
    this.#give(made, 1);
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
      this.#answers.set(made.one.id, `${String(status)} ${text.slice(0, 300)}`);
      if (answer.status < 400) this.done.set(made.one.id, (this.done.get(made.one.id) ?? 0) + 1);
      const exchange = {
        method,
        path: url.pathname + url.search,
        sent: { headers, body: made.body },
        status,
        headers: answer.headers,
        text,
      };
      const sent = decoded(url.href) + (made.body ?? '');
      const leaked = bytesOf(this.#world.foreign, text, sent).filter((part) => (this.#given.get(part) ?? 0) <= 0);
      if (status >= 400) this.#give(made, -1);
      return [
        ...(status >= 500 ? [`${String(status)} ${text.slice(0, 200)}`] : []),
        ...(status === HEAD_TOO_LARGE ? [] : this.contract.faultsOf(exchange)).map(
          (fault) => `${String(status)} ${fault}`,
        ),
        ...(leaked.length > 0 && made.caller !== 'operator'
          ? [`${String(status)} holds what is another tenant's: ${around(text, leaked)}`]
          : []),
      ];
    } catch (error) {
      return [`no answer within 15 s, or none at all: ${inspect(error).slice(0, SHOWN)}`];
    } finally {
      clearTimeout(timer);
    }
  }

  #give({ body = '' }: Made, by: 1 | -1): void {
    for (const part of bytesOf(this.#world.foreign, body)) this.#given.set(part, (this.#given.get(part) ?? 0) + by);
  }
}

/** The first of what is not ours, and what stands about it. */
function around(text: string, [first = '']: readonly string[]): string {
  const at = text.toLowerCase().indexOf(first);
  return text.slice(Math.max(0, at - 80), at + 120);
}

/** Of a network of its own for each. */
function addressOf(nth: number): string {
  return `10.${String((nth >> 16) & 255)}.${String((nth >> 8) & 255)}.${String(nth & 255)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shown({ caller, one, path, headers, body }: Made): string {
  return `  ${caller}: ${one.method} ${path.slice(0, SHOWN)} ${JSON.stringify(headers).slice(0, SHOWN)}\n  ${body?.slice(0, SHOWN) ?? ''}`;
}
