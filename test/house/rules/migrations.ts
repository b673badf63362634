import ts from 'typescript';
import type { House } from '../house.js';
import type { Rule } from '../rule.js';
import { pascalCase } from './names.js';

const FOLDER = 'src/migrations/';
const SCHEMA = 'src/schema.ts';

/** Also that schema.ts runs all of them in the order of their times: what it leaves out is never run. */
function check(house: House): string[] {
  const migrations = house.code.filter(({ path }) => path.startsWith(FOLDER));
  const named = migrations.flatMap((file) => {
    const [, time, name] = /^(\d{13})-([a-z0-9]+(?:-[a-z0-9]+)*)\.ts$/.exec(file.path.slice(FOLDER.length)) ?? [];
    if (time === undefined || name === undefined) return [`${file.path} is not named <unix-ms>-<what-changes>.ts`];
    const wanted = pascalCase(name) + time;
    const classes = file.all(ts.isClassDeclaration).map((node) => node.name?.text ?? '');
    return classes.length === 1 && classes[0] === wanted ? [] : [`${file.path} must hold one class, ${wanted}`];
  });
  const inOrder = migrations
    .flatMap((file) => file.all(ts.isClassDeclaration).map((node) => node.name?.text ?? ''))
    .sort((a, b) => Number(a.slice(-13)) - Number(b.slice(-13)));
  const run = runBy(house);
  return run.join() === inOrder.join()
    ? named
    : [...named, `${SCHEMA} runs ${run.join(', ')}, not ${inOrder.join(', ')}`];
}

function runBy(house: House): string[] {
  const schema = house.file(SCHEMA);
  const list = schema?.all(ts.isPropertyAssignment).find(({ name }) => name.getText(schema.tree) === 'migrations');
  if (!list || !ts.isArrayLiteralExpression(list.initializer)) return [];
  return list.initializer.elements.map((element) => element.getText());
}

export const migrations: Rule = {
  title: 'names every migration after its time and runs all of them in order',
  check,
  breaches: [
    {
      of: 'a file without its time',
      texts: { 'src/migrations/tea.ts': 'class Tea {}' },
      fault: 'src/migrations/tea.ts is not named <unix-ms>-<what-changes>.ts',
    },
    {
      of: 'a class of another time',
      texts: { 'src/migrations/1763800000000-add-tea.ts': 'class AddTea1763800000001 {}' },
      fault: 'src/migrations/1763800000000-add-tea.ts must hold one class, AddTea1763800000000',
    },
    {
      of: 'one that is never run',
      texts: {
        'src/migrations/1763800000000-a.ts': 'class A1763800000000 {}',
        'src/migrations/1763800000001-b.ts': 'class B1763800000001 {}',
        [SCHEMA]: 'const schema = { migrations: [B1763800000001] };',
      },
      fault: `${SCHEMA} runs B1763800000001, not A1763800000000, B1763800000001`,
    },
  ],
};

export const noSynchronize: Rule = {
  title: 'never lets TypeORM make the tables',
  check: ({ files }: House) =>
    files
      .filter(({ path }) => /^(src|test|bench)\/.*\.ts$/.test(path) && !path.startsWith('test/house/'))
      .filter(({ text }) => /synchronize|dropSchema/.test(text))
      .flatMap((file) => [
        ...file
          .all(ts.isPropertyAssignment)
          .filter(
            ({ name, initializer }) =>
              /^(synchronize|dropSchema)$/.test(name.getText()) && initializer.kind !== ts.SyntaxKind.FalseKeyword,
          )
          .map((node) => file.fault(node, `sets ${node.getText()}`)),
        ...file
          .all(ts.isPropertyAccessExpression)
          .filter(({ name }) => name.text === 'synchronize')
          .map((node) => file.fault(node, `calls ${node.getText()}`)),
      ]),
  breaches: [
    {
      of: 'the option',
      texts: { 'src/a.ts': 'const a = { synchronize: isTest };' },
      fault: 'src/a.ts:1 sets synchronize: isTest',
    },
    {
      of: 'the call',
      texts: { 'test/a.ts': 'dataSource.synchronize();' },
      fault: 'test/a.ts:1 calls dataSource.synchronize',
    },
  ],
};
