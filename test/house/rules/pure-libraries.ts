import ts from 'typescript';
import type { House, SourceFile } from '../house.js';
import { importsOf } from '../imports.js';
import type { Rule } from '../rule.js';

/** What the cellar may take from outside, by name where a module holds impure things too. */
const PACKAGES: Readonly<Record<string, readonly string[] | 'all'>> = {
  'node:url': 'all',
  'node:crypto': ['createHash', 'hash', 'createHmac'],
  'node:fs': ['readFileSync'],
  tldts: 'all',
  re2js: 'all',
  'ipaddr.js': 'all',
  'markdown-it': 'all',
  'sanitize-html': 'all',
};

/** Globals that reach the machine, the network, the clock or chance. */
const IMPURE = new Set(
  [
    'process',
    'globalThis',
    'console',
    'fetch',
    'crypto',
    'performance',
    'require',
    'WebSocket',
    'XMLHttpRequest',
  ].concat(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']),
);

function check(house: House): string[] {
  return house.code
    .filter(({ path }) => path.startsWith('src/lib/'))
    .flatMap((file) => [...foreignImports(file), ...impureNames(file), ...clockAndChance(file), ...foreignFiles(file)]);
}

function foreignImports(file: SourceFile): string[] {
  return importsOf(file)
    .filter(({ isOurs }) => !isOurs)
    .flatMap(({ position, target }) => {
      const allowed = PACKAGES[target];
      if (allowed === 'all') return [];
      const names = namesImported(file, position);
      if (allowed && names?.every((name) => allowed.includes(name))) return [];
      return [file.fault(position, `takes ${names?.join(', ') ?? 'everything'} from ${target}`)];
    });
}

/** Undefined where the whole module is taken. */
function namesImported({ tree }: SourceFile, position: number): string[] | undefined {
  const statement = tree.statements.find(({ pos, end }) => pos <= position && position < end);
  const bindings = statement && ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
  if (!bindings || !ts.isNamedImports(bindings)) return undefined;
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

function impureNames(file: SourceFile): string[] {
  return file
    .all(ts.isIdentifier)
    .filter((node) => IMPURE.has(node.text) && !isMemberName(node))
    .map((node) => file.fault(node, `uses ${node.text}`));
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node;
}

function clockAndChance(file: SourceFile): string[] {
  const calls = file.all(ts.isCallExpression).filter((call) => {
    const called = call.expression.getText(file.tree);
    return called === 'Date.now' || called === 'Math.random' || called === 'Date';
  });
  const dates = file
    .all(ts.isNewExpression)
    .filter((made) => made.expression.getText(file.tree) === 'Date' && !made.arguments?.length);
  return [...calls, ...dates].map((node) => file.fault(node, `asks ${node.getText(file.tree)}`));
}

/** A library may read the lists and the model it ships and nothing else, whoever calls it. */
function foreignFiles(file: SourceFile): string[] {
  return file
    .all(ts.isCallExpression)
    .filter((call) => call.expression.getText(file.tree) === 'readFileSync')
    .filter(
      (call) =>
        !/^new URL\(['`]\.\.?\/(data\/[^.]*\.txt|model\/[^.]*\.bin)['`], import\.meta\.url\)$/.test(
          firstArgument(file, call),
        ),
    )
    .map((call) => file.fault(call, `reads ${firstArgument(file, call)}`));
}

function firstArgument(file: SourceFile, call: ts.CallExpression): string {
  return call.arguments[0]?.getText(file.tree).replace(/\$\{\w+\}/, 'x') ?? '';
}

export const pureLibraries: Rule = {
  title: 'keeps lib free of frameworks, network, environment, clock and chance',
  check,
  breaches: [
    {
      of: 'a framework',
      texts: { 'src/lib/spam/a.ts': "import type { Logger } from '@nestjs/common';" },
      fault: 'src/lib/spam/a.ts:1 takes Logger from @nestjs/common',
    },
    {
      of: 'more of node:fs than reading',
      texts: { 'src/lib/spam/a.ts': "import { writeFileSync } from 'node:fs';" },
      fault: 'src/lib/spam/a.ts:1 takes writeFileSync from node:fs',
    },
    {
      of: 'a file it does not ship',
      texts: { 'src/lib/spam/a.ts': "readFileSync('/etc/passwd');" },
      fault: "src/lib/spam/a.ts:1 reads '/etc/passwd'",
    },
    {
      of: 'the environment',
      texts: { 'src/lib/email/a.ts': '\nexport const home = process.env.HOME;' },
      fault: 'src/lib/email/a.ts:2 uses process',
    },
    {
      of: 'the clock',
      texts: { 'src/lib/feed/a.ts': 'export const now = () => new Date();' },
      fault: 'src/lib/feed/a.ts:1 asks new Date()',
    },
    {
      of: 'chance',
      texts: { 'src/lib/markup/a.ts': 'export const a = Math.random();' },
      fault: 'src/lib/markup/a.ts:1 asks Math.random()',
    },
  ],
};
