// What the code may ask of the machine around it: the environment in one place, the time of day in one place.
import ts from 'typescript';
import type { House, SourceFile } from '../house.js';
import { importsOf } from '../imports.js';
import type { Rule } from '../rule.js';

export const oneEnvironment: Rule = {
  title: 'reads the environment in platform/config only',
  check: ({ code }: House) =>
    code
      .filter(({ path }) => !path.startsWith('src/platform/config/'))
      .flatMap((file) => environmentPlaces(file).map((place) => file.fault(place, 'reads the environment'))),
  breaches: [
    {
      of: 'process.env',
      texts: { 'src/sites/a.ts': 'const port = process.env.PORT;' },
      fault: 'src/sites/a.ts:1 reads the environment',
    },
    {
      of: 'process taken apart',
      texts: { 'src/sites/a.ts': 'const { env } = process;' },
      fault: 'src/sites/a.ts:1 reads the environment',
    },
    {
      of: 'process under another name',
      texts: { 'src/main.ts': "import { env as world } from 'node:process';" },
      fault: 'src/main.ts:1 reads the environment',
    },
    {
      of: 'a file of settings',
      texts: { 'src/main.ts': "process.loadEnvFile('.env');" },
      fault: 'src/main.ts:1 reads the environment',
    },
  ],
};

function environmentPlaces(file: SourceFile): (ts.Node | number)[] {
  const accesses = file
    .all(ts.isPropertyAccessExpression)
    .filter(({ expression, name }) => isProcess(expression) && /^(env|loadEnvFile)$/.test(name.text));
  const brackets = file.all(ts.isElementAccessExpression).filter(({ expression }) => isProcess(expression));
  const apart = file
    .all(ts.isVariableDeclaration)
    .filter(({ initializer, name }) => initializer && isProcess(initializer) && !ts.isIdentifier(name));
  const imports = importsOf(file).filter(({ target }) => /^(node:)?process$|^dotenv/.test(target));
  return [...accesses, ...brackets, ...apart, ...imports.map(({ position }) => position)];
}

function isProcess(node: ts.Expression): boolean {
  return /^(globalThis\.)?process$/.test(node.getText());
}

export const noCanParse: Rule = {
  title: 'never asks URL.canParse, which Node 20 breaks for letters of Latin-1',
  check: ({ code }: House) =>
    code.flatMap((file) =>
      file
        .all(ts.isPropertyAccessExpression)
        .filter(({ name }) => name.text === 'canParse')
        .map((place) => file.fault(place, 'asks canParse')),
    ),
  breaches: [
    {
      of: 'canParse',
      texts: { 'src/sites/a.ts': "const isUrl = URL.canParse('https://a.example');" },
      fault: 'src/sites/a.ts:1 asks canParse',
    },
  ],
};

/**
 * Where the machine's own clock is right: the millisecond in an id, waiting for another process, a command line that has no
 * clock to be given, and a browser.
 */
const MACHINE_CLOCK = /^src\/(platform\/(clock|ids)\.ts$|platform\/embedded\/|platform\/queue\/|cli\/|web\/desk-app\/)/;

export const oneClock: Rule = {
  title: 'asks the time of day of platform/clock only',
  check: ({ code }: House) =>
    code
      .filter(({ path }) => !MACHINE_CLOCK.test(path))
      .flatMap((file) => clockNodes(file).map((node) => file.fault(node, `asks ${node.getText(file.tree)}`))),
  breaches: [
    {
      of: 'new Date()',
      texts: { 'src/sites/a.ts': 'const a = new Date();' },
      fault: 'src/sites/a.ts:1 asks new Date()',
    },
    { of: 'Date.now()', texts: { 'src/main.ts': 'const a = Date.now();' }, fault: 'src/main.ts:1 asks Date.now()' },
  ],
};

function clockNodes(file: SourceFile): ts.Node[] {
  const calls = file
    .all(ts.isCallExpression)
    .filter(({ expression }) => /^Date(\.now)?$/.test(expression.getText(file.tree)));
  const dates = file.all(ts.isNewExpression).filter((made) => /^new Date(\(\))?$/.test(made.getText(file.tree)));
  return [...calls, ...dates];
}

/** Words that put something off or switch a check off; written so that this line does not find itself. */
const PUT_OFF = /eslint-disabl[e]|prettier-ignor[e]|@ts-(ignor[e]|nochec[k]|expect-erro[r])|\b(TOD[O]|FIXM[E]|XX[X])\b/;

const LATER = ['TO', 'DO'].join('');
const OFF = ['eslint', 'disable'].join('-');

export const nothingPutOff: Rule = {
  title: 'switches no check off and puts nothing off',
  check: ({ files }: House) =>
    files
      .filter(({ path }) => path.endsWith('.ts'))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => {
          const found = PUT_OFF.exec(line)?.[0];
          return found ? [`${path}:${index + 1} says ${found}`] : [];
        }),
      ),
  breaches: [
    { of: 'a task left behind', texts: { 'src/a.ts': `// ${LATER}` }, fault: `src/a.ts:1 says ${LATER}` },
    {
      of: 'a check switched off',
      texts: { 'test/a.ts': `\n// ${OFF}-next-line` },
      fault: `test/a.ts:2 says ${OFF}`,
    },
  ],
};
