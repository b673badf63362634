import ts from 'typescript';
import type { House } from '../house.js';
import type { Rule } from '../rule.js';

const CATALOGUE = 'src/platform/problem/problem-catalogue.ts';
const PAPER = 'docs/problems.md';
const DESCRIPTION = 'src/web/openapi/';

interface CatalogueEntry {
  readonly code: string;
  /** Code, status, title and help as the paper's table shows them. */
  readonly row: string;
}

function readCatalogue(house: House): CatalogueEntry[] {
  const file = house.file(CATALOGUE);
  const declaration = file?.all(ts.isVariableDeclaration).find(({ name }) => name.getText(file.tree) === 'PROBLEMS');
  const table = declaration && unwrap(declaration.initializer);
  return membersOf(table).map(([code, entry]) => {
    const fields = new Map(membersOf(unwrap(entry)).map(([name, value]) => [name, literal(value)]));
    const [status, title, help] = ['status', 'title', 'help'].map((name) => fields.get(name) ?? '');
    return { code, row: [`\`${code}\``, status, title, help].join(' | ') };
  });
}

function unwrap(node: ts.Expression | undefined): ts.Expression | undefined {
  return node && (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) ? unwrap(node.expression) : node;
}

function membersOf(node: ts.Expression | undefined): [string, ts.Expression][] {
  if (!node || !ts.isObjectLiteralExpression(node)) return [];
  return node.properties
    .filter(ts.isPropertyAssignment)
    .map(({ name, initializer }) => [ts.isStringLiteral(name) ? name.text : name.getText(), initializer]);
}

function literal(node: ts.Expression): string {
  return ts.isLiteralExpression(node) ? node.text : node.getText();
}

export const problemsUsed: Rule = {
  title: 'uses every problem of the catalogue',
  check: (house) => {
    // To describe a problem is not to have it.
    const elsewhere = house.code.filter(({ path }) => path !== CATALOGUE && !path.startsWith(DESCRIPTION));
    const used = new Set(elsewhere.flatMap((file) => file.all(ts.isStringLiteral).map(({ text }) => text)));
    return readCatalogue(house)
      .filter(({ code }) => !used.has(code))
      .map(({ code }) => `${CATALOGUE} lists ${code}, which nobody uses`);
  },
  breaches: [
    {
      of: 'one that only a comment speaks of',
      texts: { [CATALOGUE]: "const PROBLEMS = { 'no-tea': { status: 418 } } as const;", 'src/a.ts': "// 'no-tea'" },
      fault: `${CATALOGUE} lists no-tea, which nobody uses`,
    },
    {
      of: 'one that only the description speaks of',
      texts: {
        [CATALOGUE]: "const PROBLEMS = { 'no-tea': { status: 418 } } as const;",
        'src/web/openapi/a.ts': "const CODES = ['no-tea'];",
      },
      fault: `${CATALOGUE} lists no-tea, which nobody uses`,
    },
  ],
};

export const problemsDocumented: Rule = {
  title: 'documents the catalogue row by row in docs/problems.md',
  check: (house) => {
    const wanted = readCatalogue(house).map(({ row }) => row);
    const shown = readRows(house.file(PAPER)?.text ?? '');
    const missing = wanted.filter((row) => !shown.includes(row)).map((row) => `${PAPER} lacks: | ${row} |`);
    const extra = shown.filter((row) => !wanted.includes(row)).map((row) => `${PAPER} is wrong at: | ${row} |`);
    if (missing.length + extra.length > 0) return [...missing, ...extra];
    return wanted.join('\n') === shown.join('\n') ? [] : [`${PAPER} has another order than the catalogue`];
  },
  breaches: [
    {
      of: 'a missing row',
      texts: {
        [CATALOGUE]: "const PROBLEMS = { forbidden: { status: 403, title: 'No', help: 'Ask.' } };",
        [PAPER]: '',
      },
      fault: `${PAPER} lacks: | \`forbidden\` | 403 | No | Ask. |`,
    },
    {
      of: 'a row of old',
      texts: { [CATALOGUE]: 'const PROBLEMS = {};', [PAPER]: '| `no-tea` | 418   | Short and stout | Pour. |' },
      fault: `${PAPER} is wrong at: | \`no-tea\` | 418 | Short and stout | Pour. |`,
    },
  ],
};

/** The rows that begin with a code; Prettier pads the cells. */
function readRows(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
        .join(' | '),
    );
}
