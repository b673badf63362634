import type { House } from '../house.js';
import { importsOf } from '../imports.js';
import type { Rule } from '../rule.js';

/** Walks the imports depth first; one that leads back to the path walked closes a circle. Types count: they are read too. */
function check(house: House): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const circles: string[] = [];
  const visit = (name: string): void => {
    const start = path.indexOf(name);
    if (start >= 0) circles.push([...path.slice(start), name].join(' -> '));
    const file = house.file(name);
    if (start >= 0 || done.has(name) || !file) return;
    path.push(name);
    for (const { isOurs, target } of importsOf(file)) if (isOurs) visit(target);
    path.pop();
    done.add(name);
  };
  for (const { path: name } of house.source) visit(name);
  return circles;
}

export const circles: Rule = {
  title: 'has no circle of imports, types included',
  check,
  breaches: [
    {
      of: 'two files that know each other',
      texts: {
        'src/sites/a.ts': "import { b } from './b.js';",
        'src/sites/b.ts': "import type { A } from './a.js';",
      },
      fault: 'src/sites/a.ts -> src/sites/b.ts -> src/sites/a.ts',
    },
    {
      of: 'a file that imports itself',
      texts: { 'src/sites/a.ts': "import { b } from './a.js';" },
      fault: 'src/sites/a.ts -> src/sites/a.ts',
    },
  ],
};
