// What several checks need to know about a comment's text, worked out only when asked for, and the costly parts once.
import { readComment as readFeatures, type CommentReading } from './classifier/read-features.js';
import type { Filter } from './classifier/filter.js';
import { starterFilter } from './classifier/starter.js';
import type { Evidence } from './evidence.js';
import { fold } from './folding.js';
import { WordFinder } from './signal-terms.js';
import { isUnder, readLink, separateLinks, type Link, type SeparatedLinks } from './links.js';

export interface Reading {
  /** Different links in the body that lead away from the site. */
  readonly links: readonly Link[];
  /** The author's URL as a link; null when there is none or it leads to the site itself. */
  readonly authorLink: Link | null;
  /** The body without links and without HTML or BBCode tags: what a person reads as words. */
  readonly text: string;
  /** Words in `text`. Scripts that do not part words count a word for two letters. */
  readonly wordCount: number;
  /** Whether body and name hold ASCII only, so that no letter of them can be a disguise. */
  readonly isAscii: boolean;
  /** The body as fold() gives it. */
  readonly foldedBody: string;
  /** The body as the classifier reads it. */
  readonly features: CommentReading;
  /** What the classifier goes by. */
  readonly filter: Filter;
  /** Finds in the body what was read off it. */
  readonly finder: WordFinder;
}

// Neither class holds the character that opens a tag, so a row of openings costs no more than its length.
const TAG = /<\/?[a-z][^<>]*>|\[\/?[a-z]+(?:=[^[\]]*)?\]/gi;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const NOT_ASCII = /[^\0-\x7f]/;

/** Reads a comment lazily for the checks. */
export function readComment(evidence: Evidence, filter?: Filter): Reading {
  return new LazyReading(evidence, filter);
}

// A class, because an object of closures took 5 microseconds to make, a tenth of what a whole verdict may take.
class LazyReading implements Reading {
  readonly #evidence: Evidence;
  #separated?: SeparatedLinks;
  #links?: readonly Link[];
  #text?: string;
  #wordCount?: number;
  #isAscii?: boolean;
  #foldedBody?: string;
  #features?: CommentReading;
  #finder?: WordFinder;

  readonly #filter: Filter | undefined;

  constructor(evidence: Evidence, filter: Filter | undefined) {
    this.#evidence = evidence;
    this.#filter = filter;
  }

  get links(): readonly Link[] {
    return (this.#links ??= distinct(this.#separate().links.filter((link) => !this.#isOwn(link))));
  }

  get authorLink(): Link | null {
    const url = this.#evidence.comment.authorUrl;
    const link = url === null ? null : readLink(url);
    return link === null || this.#isOwn(link) ? null : link;
  }

  get text(): string {
    return (this.#text ??= this.#separate().rest.replace(TAG, ' '));
  }

  get wordCount(): number {
    return (this.#wordCount ??= countWords(this.text));
  }

  get isAscii(): boolean {
    const { body, authorName } = this.#evidence.comment;
    return (this.#isAscii ??= !NOT_ASCII.test(body) && !NOT_ASCII.test(authorName));
  }

  get foldedBody(): string {
    return (this.#foldedBody ??= fold(this.#evidence.comment.body));
  }

  get features(): CommentReading {
    return (this.#features ??= readFeatures(this.#evidence.comment.body));
  }

  get filter(): Filter {
    return this.#filter ?? starterFilter();
  }

  get finder(): WordFinder {
    return (this.#finder ??= new WordFinder(this.#evidence.comment.body));
  }

  #separate(): SeparatedLinks {
    return (this.#separated ??= separateLinks(this.#evidence.comment.body));
  }

  #isOwn(link: Link): boolean {
    return isUnder(link.host, this.#evidence.facts.ownHosts);
  }
}

function distinct(links: readonly Link[]): readonly Link[] {
  return [...new Map(links.map((link) => [link.url, link])).values()];
}

function countWords(text: string): number {
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  const spaced = (unspaced === 0 ? text : text.replace(UNSPACED, ' ')).match(WORD)?.length ?? 0;
  return spaced + Math.ceil(unspaced / 2);
}
