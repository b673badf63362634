import type { Relearned } from '../../learning/relearn-site.js';
import { Problem } from '../../platform/problem/problem.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_FAILED, EXIT_OK } from '../command-fault.js';
import { listTaughtSites, type TaughtSite } from './list-taught-sites.js';
import type { Learning } from './open-learning.js';
import { RELEARN_HELP } from './relearn-help.js';
import { readRelearnTask, type RelearnTask } from './relearn-options.js';

export const relearn: Command = {
  summary: 'builds what moderators have taught anew, and compares it to the byte',
  help: RELEARN_HELP,
  run: runRelearn,
};

const PROGRESS_EVERY = 100;

async function runRelearn(
  args: readonly string[],
  { out, err, environment, interrupted }: Surroundings,
): Promise<number> {
  const task = readRelearnTask(args);
  // Only now: the other commands need not wait until all of the service is loaded.
  const { openLearning } = await import('./open-learning.js');
  const learning = await openLearning(environment);
  try {
    let [done, different] = [0, 0];
    for await (const { id, key } of sitesOf(task, learning)) {
      const relearned = await learning.relearn(id);
      out.write(describeRelearned(key, relearned));
      if (relearned.digest !== relearned.digestBefore) different++;
      if (++done % PROGRESS_EVERY === 0) err.write(`${done} sites are done.\n`);
      if (interrupted.aborted) break;
    }
    if (task.kind === 'all') out.write(`${done} sites, of which ${different} were not what had been learned.\n`);
    return different === 0 && !interrupted.aborted ? EXIT_OK : EXIT_FAILED;
  } finally {
    await learning.close();
  }
}

async function* sitesOf(task: RelearnTask, { database, sites }: Learning): AsyncGenerator<TaughtSite> {
  if (task.kind === 'all') yield* listTaughtSites(database);
  else yield await sites.byKey(task.key).catch((error: unknown) => explain(error, task.key));
}

function explain(error: unknown, key: string): never {
  if (error instanceof Problem) throw new CommandFault(`There is no site "${key}".`);
  throw error;
}

export function describeRelearned(key: string, { spam, ham, digestBefore, digest, model }: Relearned): string {
  const isSame = digest === digestBefore;
  return [
    `${key}: ${spam + ham} examples, ${spam} of spam and ${ham} of ham.`,
    `  digest before  ${digestBefore ?? 'none'}`,
    `  digest now     ${digest ?? 'none'}`,
    `  model          ${model}`,
    isSame ? '  The same to the byte.' : '  NOT what was learned. What is stored counts from now on.',
    '',
  ].join('\n');
}
