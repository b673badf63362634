import ts from 'typescript';
import { variableName } from '../../../src/platform/config/read-settings.js';
import type { House, SourceFile } from '../house.js';
import type { Rule } from '../rule.js';

const SETTINGS = 'src/platform/config/settings.ts';
const EXAMPLE = '.env.example';

export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly comment: string;
}

/** What settings.ts says, as it is written: every leaf with its default and its doc comment. */
export function readSettingsSource(house: House): Setting[] {
  const file = house.file(SETTINGS);
  return file ? settingsOf(file, 'Settings', []) : [];
}

function settingsOf(file: SourceFile, className: string, path: readonly string[]): Setting[] {
  const declaration = file.all(ts.isClassDeclaration).find(({ name }) => name?.text === className);
  return [...(declaration?.members ?? [])].filter(ts.isPropertyDeclaration).flatMap((member) => {
    const here = [...path, member.name.getText(file.tree)];
    const { initializer } = member;
    if (initializer && ts.isNewExpression(initializer)) {
      return settingsOf(file, initializer.expression.getText(file.tree), here);
    }
    return [{ name: variableName(here), value: valueOf(initializer), comment: docComment(file, member) }];
  });
}

function valueOf(initializer: ts.Expression | undefined): string {
  if (!initializer) return '';
  return ts.isLiteralExpression(initializer) ? initializer.text : initializer.getText();
}

function docComment({ text }: SourceFile, node: ts.Node): string {
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const last = ranges.map(({ pos, end }) => text.slice(pos, end)).at(-1) ?? '';
  if (!last.startsWith('/**')) return '';
  return oneLine(last.slice(3, -2).replace(/^\s*\*/gm, ' '));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** `NAME=value` under its comment lines, a blank line after each; comment lines on their own are for the reader. */
function readExample(text: string): Setting[] {
  return text.split(/\n\n+/).flatMap((block) => {
    const lines = block.split('\n').filter((line) => line !== '');
    const comment = oneLine(
      lines
        .filter((line) => line.startsWith('#'))
        .map((line) => line.slice(1))
        .join(' '),
    );
    return lines
      .filter((line) => !line.startsWith('#'))
      .map((line) => ({ name: line.split('=')[0] ?? '', value: line.slice(line.indexOf('=') + 1), comment }));
  });
}

export const settingsExplained: Rule = {
  title: 'explains every setting in a doc comment',
  check: (house) =>
    readSettingsSource(house)
      .filter(({ comment }) => comment === '')
      .map(({ name }) => `${SETTINGS} does not explain ${name}`),
  breaches: [
    {
      of: 'a setting in a group, under a comment that is none of its own',
      texts: {
        [SETTINGS]: 'class Log {\n  // later\n  @IsIn()\n  level = 1;\n}\nexport class Settings { log = new Log(); }',
      },
      fault: `${SETTINGS} does not explain LOG_LEVEL`,
    },
  ],
};

const ONE_SETTING = 'export class Settings {\n  /** Port it\n   * listens on. */\n  @IsInt()\n  port = 3000;\n}';

export const exampleEqualsSettings: Rule = {
  title: 'shows every setting in .env.example, with its default and its comment, and nothing more',
  check: (house) => {
    const wanted = readSettingsSource(house);
    const shown = readExample(house.file(EXAMPLE)?.text ?? '');
    const faults = wanted
      .filter((setting) => !shown.some((one) => isSame(one, setting)))
      .map(({ name, value, comment }) => `${EXAMPLE} lacks: # ${comment} / ${name}=${value}`);
    const extra = shown
      .filter((one) => !wanted.some((setting) => isSame(one, setting)))
      .map(({ name, value }) => `${EXAMPLE} is wrong at ${name}=${value}`);
    if (faults.length > 0 || extra.length > 0) return [...faults, ...extra];
    const isInOrder = wanted.length === shown.length && wanted.every(({ name }, index) => shown[index]?.name === name);
    return isInOrder ? [] : [`${EXAMPLE} has another order than ${SETTINGS}, or shows a setting twice`];
  },
  breaches: [
    {
      of: 'a missing one',
      texts: { [SETTINGS]: ONE_SETTING, [EXAMPLE]: '' },
      fault: `${EXAMPLE} lacks: # Port it listens on. / PORT=3000`,
    },
    {
      of: 'another default',
      texts: { [SETTINGS]: ONE_SETTING, [EXAMPLE]: '# Port it listens on.\nPORT=80\n' },
      fault: `${EXAMPLE} is wrong at PORT=80`,
    },
    {
      of: 'another comment',
      texts: { [SETTINGS]: ONE_SETTING, [EXAMPLE]: '# A port.\nPORT=3000\n' },
      fault: `${EXAMPLE} is wrong at PORT=3000`,
    },
    {
      of: 'a variable that nobody reads',
      texts: { [SETTINGS]: ONE_SETTING, [EXAMPLE]: '# Port it listens on.\nPORT=3000\n\n# x\nSPEED=1\n' },
      fault: `${EXAMPLE} is wrong at SPEED=1`,
    },
  ],
};

function isSame(a: Setting, b: Setting): boolean {
  return a.name === b.name && a.value === b.value && a.comment === b.comment;
}
