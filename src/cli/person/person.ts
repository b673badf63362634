import { once } from 'node:events';
import { count } from '../../lib/spam/wording.js';
import type { ApiKeyId } from '../../platform/ids.js';
import { Problem } from '../../platform/problem/problem.js';
import type { KnownSite } from '../../sites/site-directory.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_FAILED, EXIT_OK } from '../command-fault.js';
import { listSitesOfPerson } from './list-sites-of-person.js';
import type { Persons } from './open-persons.js';
import { PERSON_HELP } from './person-help.js';
import { readPersonTask, type PersonTask } from './person-options.js';

export const person: Command = {
  summary: 'exports or erases all that is kept of one person, by their e-mail address',
  help: PERSON_HELP,
  run: runPerson,
};

/** Whoever may run commands on the machine has no account here. */
const NOBODY = '00000000-0000-0000-0000-000000000000' as ApiKeyId;
const OPERATOR = {
  actor: { kind: 'service', id: null, name: null },
  doer: { kind: 'program', apiKeyId: NOBODY, name: 'winnow person' },
} as const;

async function runPerson(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const task = readPersonTask(args);
  // Only now: the other commands need not wait until all of the service is loaded.
  const { openPersons } = await import('./open-persons.js');
  const { keptAuthorKey } = await import('../../moderation/person/kept-author-key.js');
  const persons = await openPersons(surroundings.environment);
  try {
    const authorKey = keptAuthorKey(task.email);
    const sites = sitesOf(task, authorKey, persons);
    const isDone =
      task.kind === 'export'
        ? await exportAll(sites, authorKey, persons, surroundings)
        : await eraseAll(sites, authorKey, persons, surroundings);
    return isDone ? EXIT_OK : EXIT_FAILED;
  } catch (error) {
    throw error instanceof Problem ? new CommandFault(explain(error, task)) : error;
  } finally {
    await persons.close();
  }
}

async function* sitesOf(
  { site }: PersonTask,
  authorKey: string,
  { database, sites }: Persons,
): AsyncGenerator<KnownSite> {
  if (site !== null) {
    yield sites.byKey(site);
    return;
  }
  for await (const key of listSitesOfPerson(database, authorKey)) yield sites.byKey(key);
}

/** Nothing is printed before the first site is found: a wrong key leaves no half of a file. */
async function exportAll(
  sites: AsyncGenerator<KnownSite>,
  authorKey: string,
  { exported }: Persons,
  { out, err, interrupted }: Surroundings,
): Promise<boolean> {
  let [head, found] = ['{"sites":[', 0];
  for await (const site of sites) {
    if (interrupted.aborted) return false;
    const comments = await exported.begin(site, authorKey, OPERATOR.doer);
    err.write(`${site.key}: ${count(comments, 'comment')}.\n`);
    await write(out, head);
    for await (const piece of exported.write(site, authorKey)) await write(out, piece);
    [head, found] = [',', found + 1];
  }
  if (found === 0) err.write('No site keeps anything of this address.\n');
  await write(out, found === 0 ? '{"sites":[]}\n' : ']}\n');
  return !interrupted.aborted;
}

/** Waits where the other end of a pipe is slower, so that memory stays flat. */
async function write(out: NodeJS.WritableStream, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

async function eraseAll(
  sites: AsyncGenerator<KnownSite>,
  authorKey: string,
  { erasure }: Persons,
  { err, out, interrupted }: Surroundings,
): Promise<boolean> {
  let [isDone, found] = [true, 0];
  for await (const site of sites) {
    if (interrupted.aborted) return false;
    const goesOn = (erased: number): boolean => {
      err.write(`${site.key}: ${count(erased, 'comment')} so far.\n`);
      return !interrupted.aborted;
    };
    const { comments, notes, rules, done } = await erasure.eraseAs(site, authorKey, { ...OPERATOR, goesOn });
    const beside = `${count(notes, 'note')} on the author, ${count(rules, 'rule')}`;
    out.write(`${site.key}: erased ${count(comments, 'comment')}, ${beside}.\n`);
    if (!done) err.write(`${site.key}: not all of it yet. Run the command again.\n`);
    [isDone, found] = [isDone && done, found + 1];
  }
  if (found === 0) out.write('No site keeps anything of this address.\n');
  return isDone;
}

function explain({ code, extras }: Problem, { site }: PersonTask): string {
  if (code === 'site-not-found') return site === null ? 'A site was removed meanwhile.' : `There is no site "${site}".`;
  return extras.errors?.[0]?.detail ?? extras.detail ?? code;
}
