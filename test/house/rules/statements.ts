// Rule five, one door for status changes, and no SQL made of what a stranger typed.
import ts from 'typescript';
import type { House, SourceFile } from '../house.js';
import type { Rule } from '../rule.js';
import { isStatement, textsOf, writesTo } from '../sql.js';

/** Who writes rows of `comment`, and what. The status is the first two's alone; the rest is book-keeping. */
const COMMENT_WRITERS: Readonly<Record<string, readonly string[] | 'anything'>> = {
  'src/comments/apply-moves.ts': 'anything',
  // The text, and what was found out about the one before.
  'src/comments/apply-edit.ts': [
    ...['body', 'fingerprint', 'html', 'renderer_version', 'edited_at', 'revision', 'verdict_label'],
    ...['verdict_probability', 'verdict_signals', 'verdict_score', 'screened_at', 'machine_status', 'is_blind'],
    'certainty',
  ],
  'src/comments/report-comment.ts': ['report_count'],
  'src/comments/settle-reports.ts': ['report_count'],
  'src/intake/insert-comments.ts': ['insert'],
  // For move-comment, which moves it on in the same transaction.
  'src/comments/insert-reply.ts': ['insert'],
  'src/comments/retention.ts': ['delete', 'client_network'],
  'src/screening/sweep.job.ts': ['next_sweep_at'],
  // Comments that the same transaction has moved, from a campaign that nobody else has seen.
  'src/comments/join-campaigns.ts': ['campaign_id'],
  'src/migrations/1763800011000-reputation.ts': ['decided'],
  'src/migrations/1763800016000-doubtful-first.ts': ['certainty'],
  // The trigger that goes with an article.
  'src/migrations/1763800006000-no-foreign-keys-on-the-hot-path.ts': ['delete'],
};

/** TypeORM's own ways to write. */
const WRITING = [
  'save',
  'insert',
  'update',
  'upsert',
  'delete',
  'remove',
  'softDelete',
  'into',
  'increment',
  'decrement',
  'getRepository',
];

export const oneDoor: Rule = {
  title: 'writes comments through one door',
  check: ({ code }: House) => code.flatMap((file) => [...writtenPastTheDoor(file), ...savedByTypeOrm(file)]),
  breaches: [
    {
      of: 'a status set elsewhere',
      texts: {
        'src/screening/sweep.job.ts': "q(`update comment c set next_sweep_at = $1, status = 'spam' where c.id = $2`)",
      },
      fault: 'src/screening/sweep.job.ts:1 writes comment.status past the door',
    },
    {
      of: 'a comment inserted elsewhere',
      texts: { 'src/moderation/a.ts': "q('with w as (select 1) INSERT INTO comment (id) select 1')" },
      fault: 'src/moderation/a.ts:1 writes comment.insert past the door',
    },
    {
      of: 'an entity saved',
      texts: { 'src/moderation/a.ts': 'manager.update(Comment, { id }, { status })' },
      fault: 'src/moderation/a.ts:1 writes comments by TypeORM',
    },
  ],
};

function writtenPastTheDoor(file: SourceFile): string[] {
  const allowed = COMMENT_WRITERS[file.path] ?? [];
  if (allowed === 'anything') return [];
  return textsOf(file).flatMap(({ node, text }) =>
    writesTo('comment', text)
      .filter((write) => !allowed.includes(write))
      .map((write) => file.fault(node, `writes comment.${write} past the door`)),
  );
}

function savedByTypeOrm(file: SourceFile): string[] {
  return file
    .all(ts.isCallExpression)
    .filter(({ expression, arguments: [first] }) => {
      const isWriting = ts.isPropertyAccessExpression(expression) && WRITING.includes(expression.name.text);
      return isWriting && first?.getText(file.tree) === 'Comment';
    })
    .map((node) => file.fault(node, 'writes comments by TypeORM'));
}

/**
 * Whether a name can hold a stranger's words no machine can tell. So a statement may hold constants and escaped
 * identifiers; everything else was read by a person and is listed here as it is written. A change asks to be read again.
 */
const READ_BY_A_PERSON: Readonly<Record<string, readonly string[]>> = {
  // Called by the migrations, with their own words.
  'src/migrations/1763800006000-no-foreign-keys-on-the-hot-path.ts': ['table', 'deletions'],
  'src/migrations/1763800010000-campaigns.ts': ['table', 'deletions'],
  // Conditions whose values are bound: `bind` answers `$7`, the order is one of three that are written out.
  'src/moderation/read-queue.ts': [
    "where.join(' and ')",
    "found.join(' and ')",
    "[...where, ...found].join(' and ')",
    'queue',
    'order',
    'bind(within.count)',
    'where',
    'bind(count - 1)',
    'most',
    'placeOf(query.sort)',
    'orderBy(query.sort)',
  ],
  // The same conditions; what they are asked of is a constant.
  'src/moderation/jobs/gather-comments.ts': ["where.join(' and ')", "found.join(' and ')", 'bind(stretch)'],
  // The same conditions; the pages are made of them, and the column is a name of the constant list of statuses.
  'src/moderation/page-across-sites.ts': ['column', 'page', 'placeOf(query.sort)', 'orderBy(query.sort)'],
  // One of the two statements for the newest comments.
  'src/moderation/facets.ts': ['newest'],
  // The columns of a table, each escaped.
  'src/platform/backup/write-backup.ts': [
    'list',
    'copyTo(`copy (select ${list} from ${pg.escapeIdentifier(name)}) to stdout`)',
  ],
  'src/platform/backup/copy-in.ts': ['list', 'copyFrom(`copy ${pg.escapeIdentifier(name)} (${list}) from stdin`)'],
  // One of the three settings written beside it; the ids of sites were looked at.
  'src/platform/database/database.ts': ['mode', 'setting'],
  // Called by migrations, with their own words.
  'src/platform/database/row-level-security.ts': ['table', 'mine'],
  // It answers numbered parameters, and one of two signs and orders.
  'src/publishing/published-comments.ts': ['publishedAfter(query, 3)', 'inOrder(query)', 'publishedAfter(query, 2)'],
};
/** Functions of ours that make a statement of constants. */
const MAKES_STATEMENTS = ['protectBySite', 'taking'];

export const noSqlOfStrangers: Rule = {
  title: 'puts into SQL only constants, escaped identifiers and what is listed',
  check: ({ code }: House) => {
    const found = code.flatMap((file) =>
      doubtful(file).map((node) => ({ file, node, text: oneLine(node.getText(file.tree)) })),
    );
    const unread = found
      .filter(({ file, text }) => !READ_BY_A_PERSON[file.path]?.includes(text))
      .map(({ file, node, text }) => file.fault(node, `puts ${text} into SQL`));
    const gone = Object.entries(READ_BY_A_PERSON).flatMap(([path, texts]) =>
      texts
        .filter((text) => !found.some((one) => one.file.path === path && one.text === text))
        .map((text) => `${path}: ${text} is listed and gone`),
    );
    return [...unread, ...gone];
  },
  breaches: [
    {
      of: 'a variable in a statement',
      texts: { 'src/a.ts': 'const sql = `select * from comment where id = ${id}`;' },
      fault: 'src/a.ts:1 puts id into SQL',
    },
    {
      of: 'a list that can grow',
      texts: { 'src/a.ts': "const where = ['a = 1'];\nquery(`select 1 where ${where.join()}`);" },
      fault: 'src/a.ts:2 puts where.join() into SQL',
    },
    {
      of: 'a parameter that bears the name of a constant',
      texts: { 'src/a.ts': "const order = 'asc';\nconst a = (order) => `select 1 order by ${order}`;" },
      fault: 'src/a.ts:2 puts order into SQL',
    },
    {
      of: 'a statement that was put together elsewhere',
      texts: { 'src/a.ts': 'manager.query(sql + order)' },
      fault: 'src/a.ts:1 puts sql + order into SQL',
    },
    {
      of: 'a condition of the query builder',
      texts: { 'src/a.ts': 'builder.andWhere(`a.key = ${key}`)' },
      fault: 'src/a.ts:1 puts key into SQL',
    },
    {
      of: 'a constant function of something that is not constant',
      texts: { 'src/a.ts': '`select ${COUNT(name)} from x`' },
      fault: 'src/a.ts:1 puts COUNT(name) into SQL',
    },
  ],
};

const TAKES_SQL = /^(query|where|andWhere|orWhere|having|andHaving|orHaving|orderBy|addOrderBy|groupBy|addGroupBy)$/;

/** The expressions in statements that are neither constant nor escaped. */
function doubtful(file: SourceFile): ts.Expression[] {
  const taken = file.all(ts.isCallExpression).flatMap(({ expression, arguments: [first] }) => {
    const takesSql = ts.isPropertyAccessExpression(expression) && TAKES_SQL.test(expression.name.text);
    return takesSql && first && !ts.isObjectLiteralExpression(first) ? [first] : [];
  });
  const inStatements = textsOf(file)
    .filter(({ node, text }) => taken.includes(node) || isStatement(text))
    .flatMap(({ node }) =>
      ts.isTemplateExpression(node) ? node.templateSpans.map(({ expression }) => expression) : [],
    );
  const whole = taken.filter((node) => !ts.isTemplateExpression(node));
  return [...whole, ...inStatements].filter((node) => !isConstant(file, node));
}

function isConstant(file: SourceFile, node: ts.Expression): boolean {
  const isSo = (one: ts.Expression): boolean => isConstant(file, one);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return true;
  if (ts.isIdentifier(node)) return /^[A-Z][A-Z0-9_]*$/.test(node.text) || isNameOfConstant(file, node);
  if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) return isSo(node.expression);
  if (ts.isSatisfiesExpression(node) || ts.isAsExpression(node)) return isSo(node.expression);
  if (!ts.isCallExpression(node)) return false;
  const called = node.expression.getText(file.tree);
  if (/(^|\.)escapeIdentifier$/.test(called)) return true;
  return (isSo(node.expression) || MAKES_STATEMENTS.includes(called)) && node.arguments.every(isSo);
}

/** Whether the name means a `const` of a constant, or runs through a list of constants. */
function isNameOfConstant(file: SourceFile, name: ts.Identifier): boolean {
  const binding = meaningOf(file, name);
  if (!binding || !ts.isVariableDeclaration(binding) || !(binding.parent.flags & ts.NodeFlags.Const)) return false;
  const loop = binding.parent.parent;
  if (!ts.isForOfStatement(loop)) return binding.initializer !== undefined && isConstant(file, binding.initializer);
  const list = ts.isSatisfiesExpression(loop.expression) ? loop.expression.expression : loop.expression;
  return ts.isArrayLiteralExpression(list) && list.elements.every((element) => isConstant(file, element));
}

type Binding = ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement;

/** Of all that bear the name, the one in the narrowest scope around the place. */
function meaningOf(file: SourceFile, name: ts.Identifier): Binding | undefined {
  const width = (binding: Binding): number => scopeOf(binding).end - scopeOf(binding).pos;
  return file
    .all(isBinding)
    .filter((binding) => binding.name.getText(file.tree) === name.text)
    .filter((binding) => scopeOf(binding).pos <= name.pos && name.end <= scopeOf(binding).end)
    .sort((a, b) => width(a) - width(b))[0];
}

function isBinding(node: ts.Node): node is Binding {
  return ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
}

function scopeOf(binding: Binding): ts.Node {
  return ts.findAncestor(binding, isScope) ?? binding.getSourceFile();
}

function isScope(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isBlock(node) || ts.isForOfStatement(node) || ts.isSourceFile(node);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
