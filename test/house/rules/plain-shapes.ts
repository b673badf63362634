// Rule nine: no barrels, no base classes, no forwardRef, at most five constructor parameters.
import ts from 'typescript';
import type { House, SourceFile } from '../house.js';
import type { Rule } from '../rule.js';

const MOST_PARAMETERS = 5;

export const noBarrels: Rule = {
  title: 'has no barrels',
  check: ({ files, code }: House) =>
    [...files.filter(isIndex), ...code.filter(onlyReExports)].map(({ path }) => `${path} is a barrel`),
  breaches: [
    {
      of: 'an index.ts',
      texts: { 'src/sites/index.ts': 'export const a = 1;' },
      fault: 'src/sites/index.ts is a barrel',
    },
    {
      of: 'a file that only passes on',
      texts: { 'src/sites/all.ts': "export * from './a.js';\nexport type { B } from './b.js';" },
      fault: 'src/sites/all.ts is a barrel',
    },
    {
      of: 'a file that imports to export',
      texts: { 'src/sites/all.ts': "import { a } from './a.js';\nexport { a };" },
      fault: 'src/sites/all.ts is a barrel',
    },
  ],
};

function isIndex({ path }: SourceFile): boolean {
  return /(^|\/)index\.ts$/.test(path);
}

function onlyReExports({ tree }: SourceFile): boolean {
  const exports = tree.statements.filter((statement) => !ts.isImportDeclaration(statement));
  return exports.length > 0 && exports.every((statement) => ts.isExportDeclaration(statement));
}

export const noForwardRef: Rule = {
  title: 'has no forwardRef',
  check: ({ code }: House) =>
    code.flatMap((file) =>
      file
        .all(ts.isIdentifier)
        .filter(({ text }) => text === 'forwardRef')
        .map((node) => file.fault(node, 'uses forwardRef')),
    ),
  breaches: [
    {
      of: 'one forwardRef',
      texts: { 'src/sites/a.ts': '@Inject(forwardRef(() => B)) class A {}' },
      fault: 'src/sites/a.ts:1 uses forwardRef',
    },
  ],
};

/**
 * A class of ours may extend a class of a package or of the language, never another of ours; and an abstract class
 * states a shape, without a body to inherit. One exception: the body class of a route may add members to another of
 * the same file, because the rules of class-validator travel by inheritance and a copy of them would drift.
 */
export const noBaseClasses: Rule = {
  title: 'has no base classes',
  check: ({ code }: House) =>
    code.flatMap((file) => file.all(ts.isClassLike).flatMap((node) => baseFaults(file, node))),
  breaches: [
    {
      of: 'a class that extends another of its file',
      texts: { 'src/sites/a.ts': 'class A {}\nclass B extends A {}' },
      fault: 'src/sites/a.ts:2 B extends A, which is ours',
    },
    {
      of: 'a class that extends one of another file',
      texts: {
        'src/sites/a.ts': "import { Problem } from '../platform/problem/problem.js';\nclass B extends Problem {}",
      },
      fault: 'src/sites/a.ts:2 B extends Problem, which is ours',
    },
    {
      of: 'a body class that extends one of another file',
      texts: { 'src/sites/a.dto.ts': "import { BDto } from './b.dto.js';\nexport class ADto extends BDto {}" },
      fault: 'src/sites/a.dto.ts:2 ADto extends BDto, which is ours',
    },
    {
      of: 'an abstract class with a body to inherit',
      texts: { 'src/sites/a.ts': 'abstract class A { abstract go(): void; stop(): void {} }' },
      fault: 'src/sites/a.ts:1 A is a base class',
    },
  ],
};

function baseFaults(file: SourceFile, node: ts.ClassLikeDeclaration): string[] {
  const name = node.name?.text ?? 'A class';
  const isAbstract = hasModifier(node, ts.SyntaxKind.AbstractKeyword);
  if (isAbstract && node.members.some((member) => !hasModifier(member, ts.SyntaxKind.AbstractKeyword))) {
    return [file.fault(node, `${name} is a base class`)];
  }
  const parent = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
    ?.expression;
  if (!parent) return [];
  const isDeclaredHere = file.all(ts.isClassLike).some((other) => other.name?.text === parent.getText(file.tree));
  if (isDeclaredHere && file.path.endsWith('.dto.ts')) return [];
  if (!isDeclaredHere && !isImportedFromOurs(file, parent)) return [];
  return [file.fault(node, `${name} extends ${parent.getText(file.tree)}, which is ours`)];
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

function isImportedFromOurs(file: SourceFile, parent: ts.Expression): boolean {
  return file.all(ts.isImportDeclaration).some(({ importClause, moduleSpecifier }) => {
    if (!ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith('.')) return false;
    return new RegExp(`\\b${parent.getText(file.tree).split('.')[0] ?? ''}\\b`).test(
      importClause?.getText(file.tree) ?? '',
    );
  });
}

export const fewDependencies: Rule = {
  title: `has no constructor with more than ${MOST_PARAMETERS} parameters`,
  check: ({ code }: House) =>
    code.flatMap((file) =>
      file
        .all(ts.isConstructorDeclaration)
        .filter(({ parameters }) => parameters.length > MOST_PARAMETERS)
        .map((node) => file.fault(node, `takes ${node.parameters.length} parameters`)),
    ),
  breaches: [
    {
      of: 'six of them',
      texts: { 'src/sites/a.ts': 'class A { constructor(a: A, b: A, c: A, d: A, e: A, f: A) {} }' },
      fault: 'src/sites/a.ts:1 takes 6 parameters',
    },
  ],
};
