// Other people's attack strings in every field of every writer. They are read where they lie, next to the checkout.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { SaxesParser } from 'saxes';
import { renderAtom } from './atom.js';
import type { Feed, FeedItem } from './feed.js';
import { renderHtmlFragment } from './html.js';
import { renderJsonFeed } from './json-feed.js';
import { renderRss } from './rss.js';
import { escapeXml } from './xml-text.js';

interface Case {
  readonly input?: string;
  readonly input_b64?: string;
  readonly generate?: unknown;
}

const vectors = new URL('../../../../shared/vectors/', import.meta.url);
const whenThere = existsSync(vectors) ? it : it.skip;
if (!existsSync(vectors)) console.warn(`SKIPPED: no attack strings at ${vectors.pathname}`);

function casesOf(file: string): Case[] {
  return (JSON.parse(readFileSync(new URL(file, vectors), 'utf8')) as { cases: Case[] }).cases;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().flatMap(stringsIn) : [];
}

/** The raw bytes as text, and every string a JSON parser makes of them (lone surrogates, NUL, overlong forms). */
function jsonStrings({ input_b64 = '' }: Case): string[] {
  const raw = Buffer.from(input_b64, 'base64').toString();
  try {
    return [raw, ...stringsIn(JSON.parse(raw))];
  } catch {
    return [raw];
  }
}

function hostileStrings(): string[] {
  const files = ['xss', 'strings'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, vectors)).map((name) => `${folder}/${name}`),
  );
  const typed = files.flatMap((file) =>
    casesOf(file).flatMap(({ input, generate }) => (generate ? [] : (input ?? []))),
  );
  return [...typed, ...casesOf('api/json-test-suite.json').flatMap(jsonStrings)];
}

function hostileItem(text: string, at: number): FeedItem {
  return {
    id: text,
    url: text,
    title: text,
    authorName: text,
    authorUrl: text,
    isVerified: at % 2 === 0,
    html: `<p>${escapeXml(text)}</p>`,
    publishedAt: new Date(at),
    updatedAt: new Date(at),
    inReplyTo: { id: text, url: text },
    language: text,
    commentId: text,
    parentCommentId: `parent of ${at}`,
  };
}

function hostileFeed(text: string, items: readonly FeedItem[]): Feed {
  return { id: text, title: text, homeUrl: text, selfUrl: text, nextUrl: text, updatedAt: new Date(0), items };
}

type HtmlElement = DefaultTreeAdapterTypes.Element;

function elements(node: DefaultTreeAdapterTypes.ParentNode): HtmlElement[] {
  const found = node.childNodes.filter((child): child is HtmlElement => 'tagName' in child);
  return found.flatMap((child) => [child, ...elements(child)]);
}

const allowed: Readonly<Record<string, readonly string[]>> = {
  section: ['class', 'aria-label'],
  ol: [],
  li: [],
  article: ['id', 'lang'],
  header: [],
  span: ['class'],
  strong: ['class'],
  a: ['href', 'rel', 'class'],
  bdi: [],
  time: ['datetime'],
  div: ['class', 'dir'],
  p: ['class'],
};

/** What stands in the fragment and should not, one line each. */
function strangersIn(html: string): string[] {
  return elements(parseFragment(html)).flatMap(({ tagName, attrs }) => {
    const names = allowed[tagName];
    if (names === undefined) return [`<${tagName}>`];
    const href = attrs.find(({ name }) => name === 'href')?.value;
    return [
      ...attrs.filter(({ name }) => !names.includes(name)).map(({ name }) => `<${tagName} ${name}>`),
      ...(href === undefined || /^(?:https?:\/\/|#comment-)/.test(href) ? [] : [href]),
    ];
  });
}

/** Every text and attribute of a strict parse, so that a fault throws. */
function strictParse(xml: string): { hrefs: string[]; contents: string[] } {
  const seen: { hrefs: string[]; contents: string[] } = { hrefs: [], contents: [] };
  let current = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', () => (current = ''));
  parser.on('text', (text) => (current += text));
  parser.on('attribute', ({ name, value }) => name === 'href' && seen.hrefs.push(value));
  parser.on('closetag', ({ name }) => {
    if (name === 'content' || name === 'description') seen.contents.push(current);
    if (name === 'uri') seen.hrefs.push(current);
    current = '';
  });
  parser.write(xml).close();
  return seen;
}

describe('the feed writers, given every hostile string in every field', () => {
  const strings = existsSync(vectors) ? hostileStrings() : [];
  const items = strings.map(hostileItem);

  whenThere('write Atom and RSS that a strict parser accepts, and each item HTML of our own making', () => {
    expect(strings.length).toBeGreaterThan(2500);
    const given = hostileFeed('x', items);
    const atom = strictParse(renderAtom(given));
    expect(atom.contents).toEqual(items.map(({ html }) => html));
    expect(atom.hrefs.filter((href) => href !== 'x' && !/^https?:\/\//.test(href))).toEqual([]);
    const rss = strictParse(renderRss(given));
    expect(rss.contents).toEqual(['x', ...items.map(({ html }) => html)]);
  });

  whenThere('write well-formed feeds when the feed itself is named so', () => {
    for (const text of strings) {
      const given = hostileFeed(text, []);
      expect(() => [strictParse(renderAtom(given)), strictParse(renderRss(given))]).not.toThrow();
    }
  });

  whenThere('write JSON that parses back to the same strings', () => {
    const parsed = JSON.parse(renderJsonFeed(hostileFeed('x', items))) as { items: { id: string; url?: string }[] };
    expect(parsed.items.map(({ id }) => id)).toEqual(strings.map((text) => text.replace(/\p{Surrogate}/gu, '\uFFFD')));
    expect(parsed.items.filter(({ url }) => url !== undefined && !/^https?:\/\//.test(url))).toEqual([]);
  });

  whenThere('write an HTML fragment of nothing but its own elements, attributes and schemes', () => {
    const strange = strings.filter((text, at) => {
      const html = renderHtmlFragment(hostileFeed(text, [hostileItem(text, at)]));
      return strangersIn(html).length > 0;
    });
    expect(strange).toEqual([]);
  });
});
