import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { TestClient } from './test-client.js';
import type { TestSite } from './test-site.js';

/* Other people's attacks, read where they lie, and what would give one away in a page. */

const FOLDER = new URL('../../../shared/vectors/xss/', import.meta.url);
export const areVectorsThere = existsSync(FOLDER);
if (!areVectorsThere) console.warn(`SKIPPED: no attack vectors at ${FOLDER.pathname}`);

const AT_ONCE = 40;

interface Case {
  readonly input: string;
  readonly generate?: unknown;
}

export function attackVectors(): string[] {
  if (!areVectorsThere) return [];
  const inputs = readdirSync(FOLDER).flatMap((name) => {
    const { cases } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as { cases: Case[] };
    return cases.flatMap(({ input, generate }) => (generate ? [] : [input]));
  });
  return [...new Set(inputs)];
}

/** Posts each as body, name and website of a comment on its article, whose title is the first of them. */
export async function attack(
  reader: TestClient,
  site: TestSite,
  articles: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const waiting = [...articles].flatMap(([article, vectors]) =>
    vectors.map((vector) => ({ article, vector, articleTitle: cut(vectors[0] ?? '', 500) })),
  );
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await submit(reader, site, next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

interface Attack {
  readonly article: string;
  readonly vector: string;
  readonly articleTitle: string;
}

/** As much of it as the service takes: what it refuses as a name or a website is left out there. */
async function submit(reader: TestClient, site: TestSite, { article, vector, articleTitle }: Attack): Promise<void> {
  const short = cut(vector, 100);
  for (const author of [{ name: short, url: vector }, { name: short }, { url: vector }, {}]) {
    const answer = await reader.comment(site.key, article, { author, body: cut(vector, 9_000), articleTitle });
    if (answer.status === 202) return;
    if (answer.status !== 422) throw new Error(`${site.key} answers ${answer.status}`);
  }
}

function cut(text: string, length: number): string {
  return Array.from(text).slice(0, length).join('');
}

/** Everything that could give an attack away, before a script of the page runs. */
export const WATCH = `globalThis.fired = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  globalThis[name] = (...args) => void fired.push(name + ': ' + args.join());
document.addEventListener('securitypolicyviolation', (event) => fired.push('policy: ' + event.violatedDirective));`;

/** What stands where strangers' words do and may not: elements, handlers, addresses. `parts` is an expression for those places. */
export function findStrangers(parts: string): string {
  return `(() => {
  const allowed = 'p br strong em del code pre blockquote ul ol li a bdi'.split(' ');
  return [...${parts}].flatMap((part) => [...part.querySelectorAll('*')]).flatMap((element) => {
    // Ours: what marks a telling word, and what shows a character that hides.
    if (element.matches('mark, mark.against, span.hidden-character') && element.children.length === 0) return [];
    const strange = [...element.attributes].filter(({ name, value }) => {
      if (name === 'href') return !/^(https?:|mailto:)/i.test(value);
      return !['rel', 'start'].includes(name);
    });
    return allowed.includes(element.localName) && strange.length === 0 ? [] : [element.outerHTML.slice(0, 200)];
  });
})()`;
}
