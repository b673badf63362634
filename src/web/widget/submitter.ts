// Sends a comment so that it arrives once, however often it is sent: a payload that got no answer goes again under the
// same key.
import { Refusal, type Accepted, type ArticleService } from './service.js';

/** A flood may have begun since, and a proof does not live long. */
const FRESH_MS = 60_000;

export class Submitter {
  /** The first: it tells how long somebody wrote. */
  #formToken: string | undefined;
  #proof: Promise<string | undefined> | undefined;
  /** By the payloads that got no answer. */
  #keys: Record<string, string> = {};

  constructor(private readonly service: ArticleService) {}

  /** Asks what goes along with a comment, and solves what is asked for. Without either everything works as well. */
  prepare(): void {
    if (this.#proof) return;
    this.#proof = this.#prove().catch(() => undefined);
    setTimeout(this.#renew, FRESH_MS);
  }

  async submit(comment: Readonly<Record<string, unknown>>): Promise<Accepted> {
    this.prepare();
    const proof = await this.#proof;
    // It is for one comment.
    this.#renew();
    const payload = JSON.stringify(comment);
    const key = (this.#keys[payload] ??= makeKey());
    try {
      const answer = await this.service.submit(JSON.stringify({ ...comment, formToken: this.#formToken, proof }), key);
      this.#keys = {};
      return answer;
    } catch (error) {
      // Decided are 4xx but 409.
      if (error instanceof Refusal && /^4(?!09)/.test(String(error.status))) this.#keys = {};
      throw error;
    }
  }

  readonly #renew = (): void => {
    this.#proof = undefined;
  };

  async #prove(): Promise<string | undefined> {
    const { formToken, challenge } = await this.service.readForm();
    this.#formToken ??= formToken;
    return challenge && this.service.solve(challenge);
  }
}

/** As unlikely to come twice as a UUID, which browsers make only for pages with https. */
function makeKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
