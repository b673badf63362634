import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { contractOf, type Contract } from './contract.js';
import { waitUntil } from './wait-until.js';

export interface StreamedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly id: string; readonly from: string; readonly status: string; readonly version: number };
}

/**
 * A reader of server-sent events (WHATWG HTML, 9.2) on a connection of its own. Not by `fetch`, which opens another
 * connection in place of one that was aborted.
 */
export class EventStream {
  readonly events: StreamedEvent[] = [];
  #rest = '';

  /** What an event breaks in the contract of /openapi.json. */
  readonly faults: string[] = [];

  private constructor(
    readonly response: IncomingMessage,
    private readonly contract: Contract,
    private readonly path: string,
  ) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      this.#take(text);
    });
    // Closed by us, or by the service when it stops.
    response.on('error', () => undefined);
  }

  static async open(url: string, headers: Record<string, string>): Promise<EventStream> {
    const { origin, pathname, search } = new URL(url);
    const contract = await contractOf(origin);
    const asked = request(url, { headers, agent: false });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const exchange = {
      method: 'GET',
      path: pathname + search,
      sent: { headers: new Headers(headers), body: undefined },
    };
    const answered = new Headers(response.headers as Record<string, string>);
    const { statusCode: status = 0 } = response;
    if (status === 200) contract.check({ ...exchange, status, headers: answered, text: 'a stream' });
    return new EventStream(response, contract, pathname);
  }

  async waitFor(count: number): Promise<readonly StreamedEvent[]> {
    await waitUntil(() => this.events.length >= count, `${count} events come`).catch((error: unknown) => {
      throw new Error(`Only ${this.events.length} of ${count} events came.`, { cause: error });
    });
    if (this.faults.length > 0) throw new Error(`An event breaks the contract: ${this.faults.join(', ')}`);
    return this.events;
  }

  close(): void {
    this.response.destroy();
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [line.split(': ', 1)[0] ?? '', line.replace(/^\w+: /, '')]),
      );
      const data = fields.get('data');
      if (data === undefined) continue;
      const parsed = JSON.parse(data) as StreamedEvent['data'];
      const name = fields.get('event') ?? 'message';
      if (name !== 'reset') this.faults.push(...this.contract.eventFaults(this.path, parsed));
      this.events.push({ id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data: parsed });
    }
  }
}
