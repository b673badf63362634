import ts from 'typescript';
import type { House, SourceFile } from '../house.js';
import type { Rule } from '../rule.js';

/** What may stand between a file's name and `.ts`: the roles of section 4, Nest's own kinds, and specs. */
const ROLES = [
  ...['module', 'controller', 'dto', 'view', 'entity', 'repository', 'queue', 'job', 'worker'],
  ...['pipe', 'guard', 'filter', 'interceptor', 'decorator', 'rule'],
  ...['spec', 'spec-support', 'fixture'],
];
const VAGUE = ['manager', 'helper', 'util', 'common', 'base', 'data', 'info', 'handle'];
/** TypeORM's own term, and the name of the file its command line asks for. */
const TERMS = ['data-source'];

export const fileNames: Rule = {
  title: 'names files in kebab-case with a role of the house',
  check: ({ source }: House) => source.flatMap(({ path }) => nameFaults(path)),
  breaches: [
    { of: 'capitals', texts: { 'src/sites/SitePipe.ts': '' }, fault: 'src/sites/SitePipe.ts is not in kebab-case' },
    {
      of: 'a role of another house',
      texts: { 'src/sites/site.service.ts': '' },
      fault: 'src/sites/site.service.ts has the role service',
    },
  ],
};

function nameFaults(path: string): string[] {
  const [name = '', ...roles] = path.slice(path.lastIndexOf('/') + 1, -'.ts'.length).split('.');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return [`${path} is not in kebab-case`];
  if (path === 'src/app.module.ts' || path.endsWith('.d.ts')) return [];
  return roles.filter((role) => !ROLES.includes(role)).map((role) => `${path} has the role ${role}`);
}

/** The file of a role, the class in it and its decorator say the same. */
const CLASS_OF_ROLE: Readonly<Record<string, { readonly suffix: string; readonly decorator?: string }>> = {
  module: { suffix: 'Module', decorator: 'Module' },
  controller: { suffix: 'Controller', decorator: 'Controller' },
  entity: { suffix: '', decorator: 'Entity' },
  filter: { suffix: 'Filter', decorator: 'Catch' },
  repository: { suffix: 'Repository' },
  queue: { suffix: 'Queue' },
  job: { suffix: 'Job' },
  worker: { suffix: 'Worker' },
  guard: { suffix: 'Guard' },
  pipe: { suffix: 'Pipe' },
};

export const classNames: Rule = {
  title: 'names the class of a role after its file, and the file after the class',
  check: ({ code }: House) => code.flatMap((file) => [...missingClass(file), ...strayClasses(file)]),
  breaches: [
    {
      of: 'a file whose class has another name',
      texts: { 'src/a/green-tea.job.ts': 'export class TeaJob {}' },
      fault: 'src/a/green-tea.job.ts has no class GreenTeaJob',
    },
    {
      of: 'a controller in a file of another role',
      texts: { 'src/a/tea.ts': "@Controller('tea')\nexport class TeaController {}" },
      fault: 'src/a/tea.ts:1 TeaController belongs into a .controller.ts',
    },
    {
      of: 'a body without its suffix',
      texts: { 'src/a/tea.dto.ts': 'export class Tea {}' },
      fault: 'src/a/tea.dto.ts:1 Tea does not end in Dto',
    },
  ],
};

function missingClass(file: SourceFile): string[] {
  const [name = '', role = ''] = file.path.slice(file.path.lastIndexOf('/') + 1).split('.');
  const rule = CLASS_OF_ROLE[role];
  if (!rule) return [];
  const wanted = `${pascalCase(name)}${rule.suffix}`;
  const classes = file.all(ts.isClassDeclaration).map((node) => node.name?.text);
  return classes.includes(wanted) ? [] : [`${file.path} has no class ${wanted}`];
}

function strayClasses(file: SourceFile): string[] {
  return file.all(ts.isClassDeclaration).flatMap((node) => {
    const name = node.name?.text ?? 'a class';
    if (file.path.endsWith('.dto.ts') && !name.endsWith('Dto'))
      return [file.fault(node, `${name} does not end in Dto`)];
    const decorators = (ts.getDecorators(node) ?? []).map(
      ({ expression }) => expression.getText(file.tree).split('(')[0],
    );
    return Object.entries(CLASS_OF_ROLE)
      .filter(
        ([role, { decorator }]) => decorator && decorators.includes(decorator) && !file.path.endsWith(`.${role}.ts`),
      )
      .map(([role]) => file.fault(node, `${name} belongs into a .${role}.ts`));
  });
}

export function pascalCase(kebab: string): string {
  return kebab.replace(/(^|-)([a-z0-9])/g, (_all, _hyphen, letter: string) => letter.toUpperCase());
}

export const plainWords: Rule = {
  title: `uses none of the words ${VAGUE.join(', ')} in the name of a file or a type`,
  check: ({ source, code }: House) => [...source.flatMap(vaguePath), ...code.flatMap(vagueDeclarations)],
  breaches: [
    { of: 'a file', texts: { 'src/a/tea-utils.ts': '' }, fault: 'src/a/tea-utils.ts is named utils' },
    { of: 'a folder', texts: { 'src/a/common/tea.ts': '' }, fault: 'src/a/common/tea.ts is named common' },
    { of: 'a class', texts: { 'src/a.ts': 'class TeaManager {}' }, fault: 'src/a.ts:1 names TeaManager' },
    { of: 'a type', texts: { 'src/a.ts': 'type TeaInfo = string;' }, fault: 'src/a.ts:1 names TeaInfo' },
  ],
};

function vaguePath({ path }: SourceFile): string[] {
  const plain = TERMS.reduce((rest, term) => rest.replace(term, ''), path);
  return plain
    .split(/[-./]/)
    .filter(isVague)
    .map((word) => `${path} is named ${word}`);
}

function vagueDeclarations(file: SourceFile): string[] {
  return file.all(isNamed).flatMap((node) => {
    const name = node.name?.getText(file.tree) ?? '';
    const words = name.split(/(?=[A-Z])|_/).map((word) => word.toLowerCase());
    return words.some(isVague) ? [file.fault(node, `names ${name}`)] : [];
  });
}

type Named = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration;

function isNamed(node: ts.Node): node is Named {
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) return true;
  return ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node);
}

function isVague(word: string): boolean {
  return VAGUE.includes(word) || VAGUE.includes(word.replace(/s$/, ''));
}
