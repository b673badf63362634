import ts from 'typescript';
import type { SourceFile } from './house.js';

export interface Text {
  readonly node: ts.StringLiteralLike | ts.TemplateExpression;
  /** A template's holes stand in it as they are written. */
  readonly text: string;
}

/** Every string and template of a file. */
export function textsOf(file: SourceFile): Text[] {
  return file
    .all(isText)
    .map((node) => ({ node, text: ts.isTemplateExpression(node) ? node.getText(file.tree).slice(1, -1) : node.text }));
}

function isText(node: ts.Node): node is Text['node'] {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** Ours is written in small letters, and so told from a sentence. */
export function isStatement(text: string): boolean {
  return /^\s*(select|with|insert into|update|delete from|set|do|grant|revoke|create|alter|drop|listen|notify|lock|truncate|copy|explain|refresh|vacuum|analyze)\s/.test(
    text,
  );
}

/** The columns that `update comment … set` writes, `insert`, or `delete`: what a statement does to the table. */
export function writesTo(table: string, statement: string): string[] {
  const writes: string[] = [];
  const found = new RegExp(
    `\\b(insert\\s+into|update|delete\\s+from|merge\\s+into|truncate)\\s+(only\\s+)?(public\\.)?"?${table}"?\\b`,
    'gi',
  );
  for (const match of statement.matchAll(found)) {
    const verb = (match[1] ?? '').split(/\s/)[0]?.toLowerCase() ?? '';
    if (verb === 'update') writes.push(...assignedColumns(statement.slice(match.index + match[0].length)));
    else writes.push(verb);
  }
  return writes;
}

/** From `c set a = 1, b = f(x, y) where …`: a, b. */
function assignedColumns(rest: string): string[] {
  const list = /\bset\s([^]*)/i.exec(rest)?.[1] ?? '';
  const columns: string[] = [];
  let depth = 0;
  let piece = '';
  for (const letter of `${list},`) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter !== ',' || depth > 0) piece += letter;
    else {
      columns.push(/^\s*"?(\w+)"?\s*=/.exec(piece)?.[1] ?? '?');
      if (/\b(from|where|returning)\b/i.test(piece.replace(/\([^]*\)/g, ''))) return columns;
      piece = '';
    }
  }
  return columns;
}
