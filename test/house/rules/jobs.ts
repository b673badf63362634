import ts from 'typescript';
import type { House } from '../house.js';
import type { Rule } from '../rule.js';

/** Names by `interface …Jobs` in a `.queue.ts`; handlers in the object that a `.worker.ts` gives to its `handlers`. */
function check(house: House): string[] {
  const names = house.code
    .filter(({ path }) => path.endsWith('.queue.ts'))
    .flatMap((file) => file.all(ts.isInterfaceDeclaration).filter(({ name }) => name.text.endsWith('Jobs')))
    .flatMap(({ members }) => members.map(memberName));
  const handled = house.code
    .filter(({ path }) => path.endsWith('.worker.ts'))
    .flatMap((file) => file.all(ts.isObjectLiteralExpression).filter(isHandlers))
    .flatMap(({ properties }) => properties.map(memberName));
  const known = [...new Set([...names, ...handled])];
  return known.flatMap((name) => {
    const times = handled.filter((one) => one === name).length;
    if (names.filter((one) => one === name).length !== 1) return [`the job ${name} must stand in one queue`];
    return times === 1 ? [] : [`the job ${name} has ${times} handlers`];
  });
}

function memberName({ name }: { readonly name?: ts.PropertyName | undefined }): string {
  return name && ts.isStringLiteral(name) ? name.text : (name?.getText() ?? '');
}

function isHandlers({ parent }: ts.ObjectLiteralExpression): boolean {
  const target = ts.isBinaryExpression(parent)
    ? parent.left
    : ts.isPropertyDeclaration(parent)
      ? parent.name
      : undefined;
  return /(^|\.)#?handlers$/.test(target?.getText() ?? '');
}

const QUEUE = "export interface TeaJobs { readonly 'boil-water': object; readonly 'pour-tea': object }";

export const oneHandlerPerJob: Rule = {
  title: 'has one handler for each job name',
  check,
  breaches: [
    {
      of: 'a job without one',
      texts: { 'src/a/tea.queue.ts': QUEUE, 'src/a/tea.worker.ts': "this.#handlers = { 'boil-water': () => 1 };" },
      fault: 'the job pour-tea has 0 handlers',
    },
    {
      of: 'a job with two',
      texts: {
        'src/a/tea.queue.ts': QUEUE,
        'src/a/tea.worker.ts': "this.#handlers = { 'boil-water': () => 1, 'pour-tea': () => 1 };",
        'src/a/pot.worker.ts': "class Pot { #handlers = { 'pour-tea': () => 1 }; }",
      },
      fault: 'the job pour-tea has 2 handlers',
    },
    {
      of: 'a handler of nothing',
      texts: { 'src/a/tea.worker.ts': "this.#handlers = { 'drink-tea': () => 1 };" },
      fault: 'the job drink-tea must stand in one queue',
    },
  ],
};
