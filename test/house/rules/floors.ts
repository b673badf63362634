import type { House } from '../house.js';
import { importsOf } from '../imports.js';
import type { Rule } from '../rule.js';

/** The floor of every room. A new room takes its floor here, on purpose. */
const FLOORS: Readonly<Record<string, number>> = {
  'lib/spam': 0,
  'lib/email': 0,
  'lib/markup': 0,
  'lib/feed': 0,
  platform: 1,
  migrations: 2,
  sites: 2,
  accounts: 2,
  comments: 3,
  learning: 4,
  rules: 4,
  screening: 5,
  intake: 6,
  moderation: 6,
  publishing: 6,
  administration: 6,
  web: 7,
  cli: 7,
};
const ROOF = 'the roof';
/** The command line is the other entrance: what works on the service's database opens it as `main` does. */
const ROOF_FOR_COMMANDS = [
  'connect',
  'find-start-faults',
  'open-database',
  'prepare-database',
  'schema',
  'start-fault',
].map((name) => `src/${name}.ts`);

function roomOf(path: string): string | undefined {
  if (/^src\/[^/]+$/.test(path)) return ROOF;
  return /^src\/(lib\/[^/]+|[^/]+)\//.exec(path)?.[1];
}

function check(house: House): string[] {
  return house.source.flatMap((file) => {
    const room = roomOf(file.path) ?? '';
    if (room === ROOF) return [];
    const floor = FLOORS[room];
    if (floor === undefined) return [`${file.path} stands in ${room}, which has no floor`];
    return importsOf(file)
      .filter(({ isOurs }) => isOurs)
      .flatMap(({ position, target }) => {
        const other = roomOf(target);
        if (other === room || (other === undefined && file.isSpec)) return [];
        if (room === 'cli' && ROOF_FOR_COMMANDS.includes(target)) return [];
        const otherFloor = FLOORS[other ?? ''] ?? Infinity;
        return otherFloor < floor ? [] : [file.fault(position, `imports ${target} (${other ?? 'outside'})`)];
      });
  });
}

export const floors: Rule = {
  title: 'imports only from a lower floor or the own room',
  check,
  breaches: [
    {
      of: 'a room above',
      texts: { 'src/sites/a.ts': "import { b } from '../comments/b.js';" },
      fault: 'src/sites/a.ts:1 imports src/comments/b.ts (comments)',
    },
    {
      of: 'a neighbour, for a type only',
      texts: { 'src/intake/a.ts': "\nimport type { B } from '../moderation/b.js';" },
      fault: 'src/intake/a.ts:2 imports src/moderation/b.ts (moderation)',
    },
    {
      of: 'another library, by import()',
      texts: { 'src/lib/spam/checks/a.ts': "type B = import('../../feed/b.js').B;" },
      fault: 'src/lib/spam/checks/a.ts:1 imports src/lib/feed/b.ts (lib/feed)',
    },
    {
      of: 'the roof',
      texts: { 'src/intake/a.ts': "export * from '../connect.js';" },
      fault: 'src/intake/a.ts:1 imports src/connect.ts (the roof)',
    },
    {
      of: 'what of the roof no command may use',
      texts: { 'src/cli/a.ts': "import { b } from '../start.js';" },
      fault: 'src/cli/a.ts:1 imports src/start.ts (the roof)',
    },
    {
      of: 'a room nobody gave a floor',
      texts: { 'src/misc/a.ts': '' },
      fault: 'src/misc/a.ts stands in misc, which has no floor',
    },
  ],
};
