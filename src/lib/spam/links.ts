// Finds the links a reader or a search engine would follow, and the text around them. It knows nothing of good and bad.
import { parse } from 'tldts';

export interface Link {
  readonly url: string;
  /** Lower case, without "www.". */
  readonly host: string;
}

export interface SeparatedLinks {
  readonly links: readonly Link[];
  /** The text with a space for each link. */
  readonly rest: string;
}

// A host without "http" counts under a suffix that is hardly ever a word, or before a path: "great.It was" and
// "setup.py" are no links although .it and .py exist. The look-behind lets a match begin at the edge of a token only,
// which keeps a long run of letters linear and leaves e-mail addresses alone.
const CANDIDATE =
  /(?:https?:\/\/|\bwww\.)[^\s<>"'()[\]{}|\\，。！？、；：（）「」『』【】]+|(?<![\p{L}\p{N}@._/-])[\p{L}\p{N}.-]+\.(?:(?:com|net|org|info|biz|xyz|icu|ru|рф)(?![\p{L}\p{N}@-])(?:\/[^\s<>"'()[\]{}|\\]*)?|\p{L}{2,}\/[^\s<>"'()[\]{}|\\]+)/giu;

// A cheap look first: most texts have their dots at the ends of sentences only.
const INNER_DOT = /\.[^\s.]/;
const TRAILING = new Set('.,;:!?…*_~&');

/** Separates the links of a text from its words. */
export function separateLinks(text: string): SeparatedLinks {
  if (!INNER_DOT.test(text)) return { links: [], rest: text };
  const links: Link[] = [];
  const rest = text.replace(CANDIDATE, (candidate) => {
    const link = readLink(candidate);
    if (link === null) return candidate;
    links.push(link);
    return ` ${candidate.slice(link.url.length)}`;
  });
  return { links, rest };
}

/** The link written in a text that should hold nothing else, such as an author's URL; null when it is none. */
export function readLink(candidate: string): Link | null {
  const url = withoutTrailingPunctuation(candidate.trim());
  const { hostname, isIcann, isIp } = parse(url, { allowPrivateDomains: false });
  if (hostname === null || (isIcann !== true && isIp !== true && !isSpelledOut(url, hostname))) return null;
  return { url, host: hostname.startsWith('www.') ? hostname.slice(4) : hostname };
}

/** Whether the host is one of these or lies below one of them. */
export function isUnder(host: string, parents: readonly string[]): boolean {
  return parents.some((parent) => {
    const plain = parent.toLowerCase().replace(/^www\./, '');
    return host === plain || host.endsWith(`.${plain}`);
  });
}

/** After "http://" a host needs no ending that we know: new ones appear, and some (.onion) are in no public list. */
function isSpelledOut(url: string, hostname: string): boolean {
  return /^https?:\/\//i.test(url) && /\.\p{L}[^.]+$/u.test(hostname);
}

function withoutTrailingPunctuation(url: string): string {
  let end = url.length;
  while (end > 0 && TRAILING.has(url.charAt(end - 1))) end -= 1;
  return url.slice(0, end);
}
