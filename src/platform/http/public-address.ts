import { parseUrl } from '../../lib/markup/parse-url.js';

/** How the world reaches the service, without a slash at the end. Known when it listens, if the port was left open. */
export class PublicAddress {
  #url: string;

  constructor(url: string) {
    this.#url = url.replace(/\/$/, '');
  }

  get url(): string {
    return this.#url;
  }

  /** As browsers write it: a name in other letters becomes ASCII. */
  get origin(): string {
    return parseUrl(this.#url)?.origin ?? this.#url;
  }

  /** Called once, after listening, when the setting named no address. */
  settle(url: string): void {
    this.#url = url;
  }
}
