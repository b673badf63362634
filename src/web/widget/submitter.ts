// Sends a comment so that it arrives once, however often it is sent: a payload that got no answer goes again under the
// same key.
import { Refusal, type Accepted, type ArticleService } from './service.js';

/** A token lives 24 hours; a form may stand open longer. */
const TOKEN_LIFE_MS = 12 * 60 * 60 * 1000;

export class Submitter {
  #token: Promise<string | undefined> | null = null;
  #unanswered: { readonly payload: string; readonly key: string } | null = null;

  constructor(private readonly service: ArticleService) {}

  /** Fetches the token that tells how long somebody wrote. Without one everything works as well. */
  prepare(): void {
    if (this.#token) return;
    this.#token = this.service.readFormToken().catch(() => undefined);
    setTimeout(() => {
      this.#token = null;
    }, TOKEN_LIFE_MS);
  }

  async submit(comment: Readonly<Record<string, unknown>>): Promise<Accepted> {
    const formToken = await this.#token;
    const payload = JSON.stringify({ ...comment, ...(formToken !== undefined && { formToken }) });
    const key = this.#unanswered?.payload === payload ? this.#unanswered.key : makeKey();
    this.#unanswered = { payload, key };
    try {
      const answer = await this.service.submit(payload, key);
      this.#unanswered = null;
      return answer;
    } catch (error) {
      const isDecided = error instanceof Refusal && error.status >= 400 && error.status < 500 && error.status !== 409;
      if (isDecided) this.#unanswered = null;
      throw error;
    }
  }
}

/** As unlikely to come twice as a UUID, which browsers make only for pages with https. */
function makeKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
