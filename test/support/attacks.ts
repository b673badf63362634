import { existsSync, readdirSync, readFileSync } from 'node:fs';

/* Other people's attacks, read where they lie, and what would give one away in a page. */

const FOLDER = new URL('../../../shared/vectors/xss/', import.meta.url);
export const areVectorsThere = existsSync(FOLDER);
if (!areVectorsThere) console.warn(`SKIPPED: no attack vectors at ${FOLDER.pathname}`);

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
