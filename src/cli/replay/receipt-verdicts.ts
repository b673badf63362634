import type { ReceiptStatus, ReceiptView } from '../../intake/receipt.view.js';
import type { Wait } from './patience.js';
import type { Acknowledged } from './send-comments.js';
import type { ServiceClient } from './service-client.js';
import { readFrom, type Verdicts } from './verdicts.js';

const AT_ONCE = 16;
/** Screening goes roughly in order: after so many that still wait, asking for the rest is load without news. */
const ENOUGH_WAITING = 100;

/** Verdicts from the receipts, for a key that may only write. They read spam and approved as pending. */
export class ReceiptVerdicts implements Verdicts {
  readonly source = 'receipts';
  readonly #known = new Map<string, ReceiptStatus>();

  constructor(
    private readonly service: ServiceClient,
    private readonly wait: Wait,
    private readonly acknowledged: readonly Acknowledged[],
  ) {}

  async poll(): Promise<number> {
    const queue = this.acknowledged.filter(({ id }) => !this.#known.has(id)).values();
    let stillWaiting = 0;
    const askInTurn = async (): Promise<void> => {
      for (const { id, receipt } of queue) {
        if (stillWaiting >= ENOUGH_WAITING) return;
        const path = `/v1/receipts/${encodeURIComponent(receipt)}`;
        const { status } = await readFrom<ReceiptView>(this.service, path, this.wait);
        if (status === 'received') stillWaiting++;
        else this.#known.set(id, status);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askInTurn));
    return this.#known.size;
  }

  read(): Promise<ReadonlyMap<string, ReceiptStatus>> {
    return Promise.resolve(new Map(this.acknowledged.map(({ id }) => [id, this.#known.get(id) ?? 'received'])));
  }
}
