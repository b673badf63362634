// Other people's attacks on both walls. They are read where they lie, next to the checkout, and never copied here: some
// have licences of their own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5';
import { keepAllowedHtml } from './comment-html.js';
import { escapeHtml } from './escape-html.js';
import { renderComment } from './render-comment.js';
import { safeHttpUrl } from './safe-url.js';

type Node = DefaultTreeAdapterTypes.ParentNode;
type Element = DefaultTreeAdapterTypes.Element;

interface Case {
  readonly input: string;
  readonly generate?: readonly (readonly [text: string, times: number])[];
  readonly has_raw_html?: boolean;
  readonly upstream_expected_unsafe_html?: string;
}

const vectors = new URL('../../../../shared/vectors/', import.meta.url);
const isThere = existsSync(vectors);
const whenThere = isThere ? it : it.skip;
if (!isThere) console.warn(`SKIPPED: no attack vectors at ${vectors.pathname}`);

function casesOf(file: string): Case[] {
  return (JSON.parse(readFileSync(new URL(file, vectors), 'utf8')) as { cases: Case[] }).cases;
}

function inputsOf(folder: string): string[] {
  const files = readdirSync(new URL(`${folder}/`, vectors)).map((name) => `${folder}/${name}`);
  return files.flatMap(casesOf).flatMap(({ input, generate }) => (generate ? [] : [input]));
}

const inputs = isThere ? [...inputsOf('xss'), ...inputsOf('strings')] : [];

const relTokens = ['nofollow', 'ugc', 'noopener', 'noreferrer'];
const isNumber = (value: string) => /^\d{1,9}$/.test(value);
const isLink = (value: string) => /^(?:https?:\/\/[^/]|mailto:[^?]+$)/.test(value);
const isRel = (value: string) => relTokens.every((token) => value.split(' ').includes(token));

/** Element to its attributes, each with what its value must satisfy. */
const allowed: Readonly<Record<string, Readonly<Record<string, (value: string) => boolean>>>> = {
  ...Object.fromEntries('p br strong em del code pre blockquote ul li'.split(' ').map((name) => [name, {}])),
  ol: { start: isNumber },
  a: { href: isLink, rel: isRel },
};

function elements(node: Node): Element[] {
  const found = node.childNodes.filter((child): child is Element => 'tagName' in child);
  return found.flatMap((child) => [
    child,
    ...elements(child),
    ...('content' in child ? elements(child.content as Node) : []),
  ]);
}

function textOf(node: Node): string {
  return node.childNodes
    .map((child) => ('value' in child ? child.value : 'childNodes' in child ? textOf(child) : ''))
    .join('');
}

/** What stands in the HTML and should not, one line each. */
function strangersIn(html: string): string[] {
  return elements(parseFragment(html)).flatMap(({ tagName, attrs }) => {
    const rules = allowed[tagName];
    if (rules === undefined) return [`<${tagName}>`];
    const wrong = attrs.filter(({ name, value }) => rules[name]?.(value) !== true);
    const isUnmarked = tagName === 'a' && !attrs.some(({ name }) => name === 'rel');
    return [
      ...wrong.map(({ name, value }) => `<${tagName} ${name}="${value}">`),
      ...(isUnmarked ? ['<a> without rel'] : []),
    ];
  });
}

function offenders(htmls: readonly string[]): { input: string | undefined; strangers: string[] }[] {
  return htmls
    .map((html, at) => ({ input: inputs[at], strangers: strangersIn(html) }))
    .filter(({ strangers }) => strangers.length > 0);
}

const elementList = (html: string) => elements(parseFragment(html)).map(({ tagName }) => tagName);

describe('the attack vectors', () => {
  const rendered = inputs.map(renderComment);

  whenThere('are many', () => {
    expect(inputs.length).toBeGreaterThan(2500);
  });

  whenThere('leave only allowed elements, attributes and schemes of a comment', () => {
    expect(offenders(rendered)).toEqual([]);
  });

  whenThere('leave no more of it when the second wall stands alone', () => {
    expect(offenders(inputs.map(keepAllowedHtml))).toEqual([]);
  });

  whenThere('give the same elements however often a browser parses and serialises them', () => {
    const changed = rendered.filter((once) => {
      const twice = serialize(parseFragment(once));
      const thrice = serialize(parseFragment(twice));
      return thrice !== twice || elementList(once).join() !== elementList(thrice).join();
    });
    expect(changed).toEqual([]);
  });

  whenThere('stay text in the second rendering of what was shown', () => {
    expect(rendered.filter((html) => keepAllowedHtml(html) !== html)).toEqual([]);
  });

  whenThere('stay inside the element and the attribute they are escaped for', () => {
    const escaped = inputs.filter((input) => {
      const text = escapeHtml(input);
      const [element, ...others] = elements(parseFragment(`<b title="${text}">${text}</b>`));
      return element?.attrs.length !== 1 || others.length > 0;
    });
    expect(escaped).toEqual([]);
  });

  whenThere('become http, https or no author address', () => {
    const urls = inputs.map(safeHttpUrl).filter((url) => url !== null);
    expect(urls.filter((url) => !/^https?:\/\/[a-z0-9._[\]:-]+\//.test(url))).toEqual([]);
  });
});

describe('pathological Markdown at the limit of 10,000 code points', () => {
  const patterns = isThere ? casesOf('xss/markdown-pathological.json') : [];

  whenThere('renders within 150 ms', () => {
    const times = patterns.map(({ input, generate = [] }) => {
      const source = generate.map(([text, times]) => text.repeat(Math.min(times, 10_000))).join('');
      const tries = Array.from({ length: 3 }, () => {
        const start = performance.now();
        renderComment(Array.from(source).slice(0, 10_000).join(''));
        return performance.now() - start;
      });
      return { input, milliseconds: Math.min(...tries) };
    });
    expect(times.length).toBeGreaterThan(10);
    expect(times.filter(({ milliseconds }) => milliseconds > 150)).toEqual([]);
  });
});

describe('the CommonMark examples without raw HTML, images and headings', () => {
  const oneLine = (html: string) => textOf(parseFragment(html)).replace(/\s+/g, ' ').trim();

  whenThere('say the same text in at least 95 of 100', () => {
    const examples = casesOf('xss/commonmark-spec.CC-BY-SA-4.0.json').flatMap((example) => {
      const expected = example.upstream_expected_unsafe_html ?? '';
      return example.has_raw_html === false && !/<(?:img|h[1-6])\b/.test(expected) ? [{ ...example, expected }] : [];
    });
    const differing = examples.filter(({ input, expected }) => oneLine(renderComment(input)) !== oneLine(expected));
    const share = 1 - differing.length / examples.length;
    const inputs = differing.map(({ input }) => JSON.stringify(input)).join(', ');
    console.info(`CommonMark: other text in ${differing.length} of ${examples.length}: ${inputs}`);
    expect(share).toBeGreaterThanOrEqual(0.95);
  });
});
