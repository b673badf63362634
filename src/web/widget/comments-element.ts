// <winnow-comments site="blog" article="/path">: the comments of one article. It loads when the reader comes near, and begins
// anew when what it shows is to be something else. Until then, and when the service cannot be reached, its own content stands.
import { Discussion, type DiscussionPlace } from './discussion.js';
import { make, makeButton } from './dom.js';
import { articleOf, languagesOf, pageOf, serviceOf } from './read-page.js';
import { ArticleService, Refusal } from './service.js';
import { loadSpeech } from './speech.js';
import style from './widget.css?inline';

const NEAR = '600px';
const LIVE_EVERY_MS = 30_000;
const FAILED = 'The comments could not be loaded. ';

let sheet: CSSStyleSheet | undefined;

export class CommentsElement extends HTMLElement {
  static readonly observedAttributes = ['site', 'article', 'lang', 'service', 'sort', 'live', 'privacy'];

  readonly #root = this.attachShadow({ mode: 'open' });
  #discussion: Discussion | null = null;
  /** Ends the listeners of what is shown now. */
  #life = new AbortController();

  constructor() {
    super();
    // Applied by script, so that a page's `style-src` need not allow it.
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
    }
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(make('slot'));
  }

  connectedCallback(): void {
    this.remount();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (this.isConnected && before !== now) this.remount();
  }

  /** Begins anew: for pages that change their address without being loaded again. */
  remount(): void {
    this.#end();
    const { signal } = this.#life;
    const isAskedFor = idInAddress() !== null || this.getAttribute('loading') === 'eager';
    if (isAskedFor) void this.#mount(signal);
    else this.#whenNear(signal);
  }

  #end(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#discussion?.close();
    this.#discussion = null;
  }

  #whenNear(signal: AbortSignal): void {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        void this.#mount(signal);
      },
      { rootMargin: NEAR },
    );
    observer.observe(this);
    signal.onabort = () => {
      observer.disconnect();
    };
  }

  async #mount(signal: AbortSignal): Promise<void> {
    try {
      const place = this.#readPlace();
      const [speech, thread] = await Promise.all([
        loadSpeech(serviceOf(this), languagesOf(this)),
        place.service.readThread(place.sort, null),
      ]);
      // Who writes in a form of the owner's between the tags is not disturbed: it does the same.
      if (signal !== this.#life.signal || this.querySelector(':focus')) return;
      const discussion = new Discussion({ ...place, speech, page: { ...place.page, language: speech.language } });
      this.#discussion = discussion;
      discussion.open(thread);
      this.#root.replaceChildren(discussion.element);
      this.#listen(discussion, signal);
      this.#revealAsked(discussion);
    } catch (error) {
      if (signal === this.#life.signal) this.#showFailure(error);
    }
  }

  #readPlace(): Omit<DiscussionPlace, 'speech'> {
    const site = this.getAttribute('site') ?? '';
    const article = articleOf(this);
    return {
      service: new ArticleService(serviceOf(this), site, article),
      key: `${site}:${article}`,
      sort: this.getAttribute('sort') === 'newest' ? 'newest' : 'oldest',
      privacy: this.getAttribute('privacy'),
      page: pageOf(this),
      tell: (event, detail) => {
        this.#tell(event, detail);
      },
    };
  }

  #listen(discussion: Discussion, signal: AbortSignal): void {
    const reveal = (): void => {
      this.#revealAsked(discussion);
    };
    window.addEventListener('hashchange', reveal, { signal });
    if (!this.hasAttribute('live')) return;
    const timer = setInterval(() => {
      if (!document.hidden) void discussion.lookForNews();
    }, LIVE_EVERY_MS);
    // The observer before it has done its work.
    signal.onabort = () => {
      clearInterval(timer);
    };
  }

  #revealAsked(discussion: Discussion): void {
    const id = idInAddress();
    if (id !== null) void discussion.reveal(id);
  }

  /** What the owner put between the tags stays. The words are those of no language file: it may be what did not come. */
  #showFailure(error: unknown): void {
    const again = makeButton('Try again', () => {
      this.remount();
    });
    const message = make('p', { class: 'winnow', role: 'alert', lang: 'en' }, FAILED, again);
    this.#root.replaceChildren(message, make('slot'));
    this.#tell('error', { code: error instanceof Refusal ? error.code : 'unknown' });
  }

  #tell(event: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`winnow-${event}`, { bubbles: true, composed: true, detail }));
  }
}

/** The comment that the page's address names, as feeds link to it. */
function idInAddress(): string | null {
  return /^#comment-([\w-]+)$/.exec(location.hash)?.[1] ?? null;
}
