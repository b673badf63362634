// <winnow-count site="blog" article="/path">: how many comments an article has. All of a page are asked for in one request.
import { articleOf, languagesOf, serviceOf } from './read-page.js';
import { ask } from './service.js';
import { loadSpeech } from './speech.js';

/** As many as the service answers at once. */
const MOST_AT_ONCE = 100;

const waiting = new Set<CountElement>();

export class CountElement extends HTMLElement {
  static readonly observedAttributes = ['site', 'article', 'lang', 'service'];

  connectedCallback(): void {
    this.remount();
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (this.isConnected && before !== now) this.remount();
  }

  /** Asks again. */
  remount(): void {
    if (waiting.size === 0) setTimeout(askForWaiting);
    waiting.add(this);
  }

  /** In words, or as a number alone where the page has words of its own. */
  async show(count: number): Promise<void> {
    const speech = await loadSpeech(serviceOf(this), languagesOf(this));
    this.textContent = speech.plural(this.hasAttribute('number') ? {} : speech.texts.count, count);
  }
}

function askForWaiting(): void {
  const groups = new Map<string, CountElement[]>();
  for (const element of waiting) {
    const site = encodeURIComponent(element.getAttribute('site') ?? '');
    const address = `${serviceOf(element)}/v1/sites/${site}/counts`;
    groups.set(address, [...(groups.get(address) ?? []), element]);
  }
  waiting.clear();
  for (const [address, elements] of groups) void askFor(address, elements);
}

/** Where no answer comes, what stood in the element stays. */
async function askFor(address: string, elements: readonly CountElement[]): Promise<void> {
  const articles = [...new Set(elements.map(articleOf))];
  for (let at = 0; at < articles.length; at += MOST_AT_ONCE) {
    const query = new URLSearchParams(articles.slice(at, at + MOST_AT_ONCE).map((article) => ['article', article]));
    const asked = ask<{ counts: Record<string, number> }>(`${address}?${query.toString()}`);
    const { counts }: { counts: Record<string, number> } = await asked.catch(() => ({ counts: {} }));
    for (const element of elements) {
      const count = counts[articleOf(element)];
      // Without its words it stays as it was.
      if (count !== undefined) element.show(count).catch(() => undefined);
    }
  }
}
