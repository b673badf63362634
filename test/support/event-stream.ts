import { waitUntil } from './wait-until.js';

export interface StreamedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly id: string; readonly from: string; readonly status: string; readonly version: number };
}

/** A reader of server-sent events (WHATWG HTML, 9.2). Close it, or the service cannot stop in peace. */
export class EventStream {
  readonly events: StreamedEvent[] = [];
  #rest = '';

  private constructor(
    readonly response: Response,
    private readonly controller: AbortController,
  ) {}

  static async open(url: string, headers: Record<string, string>): Promise<EventStream> {
    const controller = new AbortController();
    const response = await fetch(url, { headers, signal: controller.signal });
    const stream = new EventStream(response, controller);
    if (response.status === 200) void stream.#read();
    return stream;
  }

  async waitFor(count: number): Promise<readonly StreamedEvent[]> {
    await waitUntil(() => this.events.length >= count, `${count} events, of which ${this.events.length} came`);
    return this.events;
  }

  close(): void {
    this.controller.abort();
  }

  async #read(): Promise<void> {
    try {
      const decoder = new TextDecoder();
      for await (const chunk of this.response.body ?? [])
        this.#take(decoder.decode(chunk as Uint8Array, { stream: true }));
    } catch {
      // Closed by us, or by the service when it stops.
    }
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
      this.events.push({ id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data: parsed });
    }
  }
}
