import type { Page } from 'playwright-core';
import { axeFaults } from './browser.js';

/* One run of a story, each of its states looked at by light on a wide window and in the dark on a narrow one. */

export interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

export function lightAndDark(narrow: number): readonly Look[] {
  return [
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: narrow },
  ];
}

export class Looks {
  /** What was found, by state and look; empty where nothing was. */
  readonly faults: Record<string, string[]> = {};

  /**
   * @param looks the first is the one that the story goes on in
   * @param ownFaults what else is a fault on these pages
   */
  private constructor(
    private readonly page: Page,
    private readonly looks: readonly Look[],
    private readonly ownFaults: (page: Page) => Promise<readonly string[]>,
  ) {}

  static async on(
    page: Page,
    looks: readonly Look[],
    ownFaults: (page: Page) => Promise<readonly string[]> = () => Promise.resolve([]),
  ): Promise<Looks> {
    const made = new Looks(page, looks, ownFaults);
    await made.#take(made.#home);
    return made;
  }

  /** Looks at what the page shows now, and leaves it as the story had it. */
  async at(state: string): Promise<void> {
    const place = await this.page.evaluate<number>('scrollY');
    for (const look of this.looks) {
      if (look !== this.#home) await this.#take(look);
      await this.#look(`${state}, ${look.colorScheme}, ${look.width} pixels wide`);
    }
    if (this.looks.length === 1) return;
    await this.#take(this.#home);
    await this.page.evaluate(`scrollTo(0, ${place})`);
  }

  get #home(): Look {
    return this.looks[0]!;
  }

  async #take({ colorScheme, width }: Look): Promise<void> {
    // A colour on its way to another is neither.
    await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await this.page.setViewportSize({ width, height: 800 });
    await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  async #look(state: string): Promise<void> {
    const isWide = await this.page.evaluate('document.documentElement.scrollWidth > innerWidth');
    const found = [...(await axeFaults(this.page)), ...(await this.ownFaults(this.page))];
    if (isWide === true) found.push('wider than the window');
    if (found.length > 0) this.faults[state] = found;
  }
}
