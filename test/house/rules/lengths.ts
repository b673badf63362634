import ts from 'typescript';
import type { House, SourceFile } from '../house.js';
import type { Rule } from '../rule.js';

const LONGEST_FILE = 400;
const LONGEST_FUNCTION = 60;
const LONG_FILE = 250;
const LONG_FUNCTION = 40;

export interface Length {
  readonly name: string;
  readonly lines: number;
}

/** Everything with a body in braces. An arrow to one expression is no function to a reader, and would flatter the median. */
export function functionLengths(house: House): Length[] {
  return house.code.flatMap((file) =>
    file.all(isFunctionWithBody).map((node) => ({ name: file.fault(node, nameOf(node)), lines: linesOf(file, node) })),
  );
}

function fileLengths({ files }: House): Length[] {
  return files
    .filter(({ path }) => path.endsWith('.ts'))
    .map(({ path, text }) => ({ name: path, lines: text.trimEnd().split('\n').length }));
}

function isFunctionWithBody(node: ts.Node): node is ts.FunctionLikeDeclaration & { readonly body: ts.Block } {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && ts.isBlock(node.body);
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (node.name) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : 'a function';
}

function linesOf({ tree }: SourceFile, node: ts.Node): number {
  const line = (position: number): number => tree.getLineAndCharacterOfPosition(position).line;
  return line(node.getEnd()) - line(node.getStart(tree)) + 1;
}

export const lengths: Rule = {
  title: `has no file over ${LONGEST_FILE} lines and no function over ${LONGEST_FUNCTION}`,
  check: (house) =>
    [
      ...fileLengths(house).filter(({ lines }) => lines > LONGEST_FILE),
      ...functionLengths(house).filter(({ lines }) => lines > LONGEST_FUNCTION),
    ].map(({ name, lines }) => `${name} has ${lines} lines`),
  breaches: [
    { of: 'a long file', texts: { 'test/a.ts': '//\n'.repeat(401) }, fault: 'test/a.ts has 401 lines' },
    {
      of: 'a long function',
      texts: { 'src/a.ts': `function walk() {${'\n'.repeat(60)}}` },
      fault: 'src/a.ts:1 walk has 61 lines',
    },
  ],
};

export const shortFunctions: Rule = {
  title: 'has functions of at most 35 lines, nine times out of ten',
  check: (house) => {
    const ninth = percentile(functionLengths(house), 90);
    return ninth > 35 ? [`src has functions of ${ninth} lines at the 90th percentile`] : [];
  },
  breaches: [
    {
      of: 'nothing but long ones',
      texts: { 'src/a.ts': `function walk() {${'\n'.repeat(35)}}` },
      fault: 'src has functions of 36 lines at the 90th percentile',
    },
  ],
};

function percentile(list: readonly Length[], percent: number): number {
  const sorted = list.map(({ lines }) => lines).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}

/** The soft limits, for a reader: they are passed now and then, with a reason. */
export function describeLengths(house: House): string[] {
  const functions = functionLengths(house);
  const long = [
    ...fileLengths(house).filter(({ lines }) => lines > LONG_FILE),
    ...functions.filter(({ lines }) => lines > LONG_FUNCTION),
  ];
  return [
    `${functions.length} functions: median ${percentile(functions, 50)} lines, 90th percentile ${percentile(functions, 90)}.`,
    ...long.map(({ name, lines }) => `Above the soft limit: ${name}, ${lines} lines.`),
  ];
}
