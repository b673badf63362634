import { parse, type DefaultTreeAdapterMap } from 'parse5';
import type { Answer, TestClient } from './test-client.js';

/* Pages as a browser without scripts reads them: parsed by parse5, forms filled in and sent as a browser would. */

type Node = DefaultTreeAdapterMap['node'];
export type Element = DefaultTreeAdapterMap['element'];

export const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

export class TestPage {
  readonly #elements: Element[];

  constructor(readonly answer: Answer<unknown>) {
    const root = parse(answer.text);
    this.#elements = elementsIn(root);
  }

  static async open(client: TestClient, path: string): Promise<TestPage> {
    return new TestPage(await client.get(path, { accept: BROWSER_ACCEPT }));
  }

  get title(): string {
    return textOf(this.one('title'));
  }

  get text(): string {
    return textOf(this.one('body'));
  }

  all(tag: string, attributes: Readonly<Record<string, string | RegExp>> = {}): Element[] {
    return this.#elements.filter(
      (element) =>
        element.tagName === tag &&
        Object.entries(attributes).every(([name, wanted]) => {
          const value = attributeOf(element, name);
          return value !== null && (wanted instanceof RegExp ? wanted.test(value) : value === wanted);
        }),
    );
  }

  one(tag: string, attributes: Readonly<Record<string, string | RegExp>> = {}): Element {
    const found = this.all(tag, attributes);
    if (found[0] === undefined) {
      throw new Error(`No <${tag}> with ${JSON.stringify(Object.keys(attributes))} in:\n${this.answer.text}`);
    }
    return found[0];
  }

  /** What the first form sent there would send: its fields as they stand, with those changed. */
  fieldsOf(action: string | RegExp, changed: Readonly<Record<string, string>> = {}): URLSearchParams {
    const form = this.one('form', { action });
    const id = attributeOf(form, 'id');
    const own = this.#elements.filter((element) => id !== null && attributeOf(element, 'form') === id);
    const fields: Record<string, string> = {};
    for (const element of [...elementsIn(form), ...own]) {
      const name = attributeOf(element, 'name');
      if (name === null || !['input', 'textarea'].includes(element.tagName)) continue;
      const canBeTicked = ['checkbox', 'radio'].includes(attributeOf(element, 'type') ?? '');
      if (canBeTicked && attributeOf(element, 'checked') === null) continue;
      fields[name] = element.tagName === 'textarea' ? rawText(element) : (attributeOf(element, 'value') ?? '');
    }
    return new URLSearchParams({ ...fields, ...changed });
  }

  actionOf(action: string | RegExp): string {
    return attributeOf(this.one('form', { action }), 'action') ?? '';
  }

  /** Sends the form as a browser does from a page of the service. */
  async send(
    client: TestClient,
    action: string | RegExp,
    changed: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return client.post(this.actionOf(action), this.fieldsOf(action, changed), fromOwnPage(client));
  }
}

export function fromOwnPage({ url }: TestClient): Record<string, string> {
  return { accept: BROWSER_ACCEPT, origin: url, 'sec-fetch-site': 'same-origin' };
}

/** Where a 303 leads, as a path. */
export function pathAfter(answer: Answer<unknown>): string {
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 303, text: '' });
  const { pathname, search } = new URL(answer.headers.get('location') ?? '', 'http://none.test');
  return pathname + search;
}

/**
 * Fails unless the answer is a page with the headers of all our pages. `scripts`: those of ours that it may load; `frame`:
 * the address of ours that stands in a frame on it.
 */
export function expectPage(
  { answer }: TestPage,
  status: number,
  scripts: readonly string[] = [],
  frame?: string,
): void {
  expect({ status: answer.status, text: answer.text }).toEqual({ status, text: answer.text });
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; (script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types winnow; )?(frame-src 'self'; )?style-src 'self'; img-src 'self'; form-action 'self'[^;]*; frame-ancestors 'none'; base-uri 'none'$/,
  );
  expect(answer.headers.get('referrer-policy')).toBe('same-origin');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  // The queue is taken over by the desk's script, whose name holds a digest.
  const ofDesk = /<script src="\/assets\/desk-[0-9a-f]{12}\.js" async><\/script>/.exec(answer.text)?.slice(0, 1) ?? [];
  const loaded = [...scripts.map((script) => `<script src="${script}" async></script>`), ...ofDesk];
  expect(answer.headers.get('content-security-policy')?.includes('script-src')).toBe(loaded.length > 0);
  for (const script of loaded) expect(answer.text).toContain(script);
  expect(answer.headers.get('content-security-policy')?.includes('frame-src')).toBe(frame !== undefined);
  if (frame !== undefined) {
    loaded.push(`<iframe title="Preview of the widget" src="${frame}" loading="lazy">`);
    expect(answer.text).toContain(loaded.at(-1));
  }
  const rest = loaded.reduce((text, script) => text.replace(script, ''), answer.text);
  expect(rest).not.toMatch(/<script|<iframe|<object|\sstyle=|\son[a-z]+=["']|javascript:/i);
}

export function attributeOf({ attrs }: Element, name: string): string | null {
  return attrs.find((attribute) => attribute.name === name)?.value ?? null;
}

/** As a reader sees it: white space is one space. */
export function textOf(node: Node): string {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

export function rawText(node: Node): string {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterMap['textNode']).value;
  return childrenOf(node).map(rawText).join('');
}

export function elementsIn(node: Node): Element[] {
  return childrenOf(node).flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []));
}

function childrenOf(node: Node): Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}
