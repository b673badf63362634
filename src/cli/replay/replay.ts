import { randomBytes } from 'node:crypto';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_FAILED, EXIT_OK } from '../command-fault.js';
import { ModerationVerdicts } from './moderation-verdicts.js';
import { openAccess, type Access } from './open-access.js';
import { waitUnless, type Wait } from './patience.js';
import { showProgress, type Progress } from './progress.js';
import { readComments, type MalformedLine, type ReplayFile } from './read-comments.js';
import { ReceiptVerdicts } from './receipt-verdicts.js';
import { REPLAY_HELP } from './replay-help.js';
import { readReplayOptions, type ReplayOptions } from './replay-options.js';
import { countEach, isComplete, percentile, tally, type ReplayResult } from './replay-result.js';
import { sendComments, type Acknowledged } from './send-comments.js';
import { submitTo, type Submission } from './submit-comment.js';
import { renderResult } from './table.js';
import type { ShownStatus, Verdicts } from './verdicts.js';
import { waitForScreening } from './wait-for-screening.js';

/** Each malformed line is named, but a file of another kind should not fill the screen. */
const MALFORMED_SHOWN = 20;

export const replay: Command = {
  summary: 'posts the comments of a file and shows what the screening made of them',
  help: REPLAY_HELP,
  run: runReplay,
};

/** What the stages of one run share. */
interface Run {
  readonly id: string;
  readonly options: ReplayOptions;
  readonly access: Access;
  readonly wait: Wait;
  readonly progress: Progress;
  readonly interrupted: AbortSignal;
}

interface Reading {
  readonly files: readonly (ReplayFile & { readonly article: string })[];
  readonly tookMs: number;
}

async function runReplay(
  args: readonly string[],
  { out, err, environment, interrupted }: Surroundings,
): Promise<number> {
  const options = readReplayOptions(args, environment);
  const reading = await readFiles(options);
  err.write(describeMalformed(reading.files.flatMap(({ malformed }) => malformed)));
  const id = randomBytes(4).toString('hex');
  const wait = waitUnless(interrupted);
  const access = await openAccess(options, id, wait);
  let result: ReplayResult;
  let leftOver: string | null;
  try {
    result = await replayFiles(reading, { id, options, access, wait, progress: showProgress(err), interrupted });
  } finally {
    leftOver = await access.close();
  }
  if (leftOver !== null) err.write(`${leftOver}\n`);
  out.write(options.isJson ? `${JSON.stringify(result, null, 2)}\n` : `\n${renderResult(result)}\n`);
  return isComplete(result) ? EXIT_OK : EXIT_FAILED;
}

async function readFiles({ files: paths, article, limit }: ReplayOptions): Promise<Reading> {
  const startedAt = performance.now();
  const files: Reading['files'][number][] = [];
  for (const path of paths) {
    const file = await readComments(path, limit);
    files.push({ ...file, article: article ?? `replay-${file.stem}` });
  }
  if (files.every(({ comments, malformed }) => comments.length + malformed.length === 0)) {
    throw new CommandFault(`There is no comment in ${paths.join(', ')}.`);
  }
  return { files, tookMs: performance.now() - startedAt };
}

async function replayFiles(reading: Reading, run: Run): Promise<ReplayResult> {
  const { options, access, wait, progress, interrupted } = run;
  const submissions = reading.files.flatMap((file, index) => describeSubmissions(file, index, run.id));
  progress.begin('Sending', submissions.length);
  const sending = await sendComments(submissions, submitTo(access.service, options.site, wait), {
    concurrency: options.concurrency,
    rate: options.rate,
    interrupted,
    wait,
    onAnswered: (count) => {
      progress.reach(count);
    },
  });
  progress.end();
  const screening = await screen(sending.acknowledged, run);
  const { refused, acknowledged, submissionMs, stoppedBy } = sending;
  const sent = [...acknowledged, ...refused].map(({ submission }) => submission.comment);
  return {
    run: run.id,
    url: options.url,
    site: options.site,
    files: reading.files.map(({ path, article, comments }) => ({ path, article, comments: comments.length })),
    statusesFrom: screening.source,
    labels: tally(sending, screening.statuses),
    notSent: submissions.length - sent.length,
    refusals: countEach(refused.map(({ code }) => code)),
    malformed: reading.files.flatMap(({ malformed }) => malformed),
    cut: sent.filter(({ wasCut }) => wasCut).length,
    madeUpEmails: sent.filter(({ hasMadeUpEmail }) => hasMadeUpEmail).length,
    times: {
      reading: reading.tookMs,
      sending: sending.tookMs,
      screening: screening.tookMs,
      submissionP50: percentile(submissionMs, 0.5),
      submissionP99: percentile(submissionMs, 0.99),
    },
    troubles: [...(stoppedBy === null ? [] : [`Sending ended early: ${stoppedBy}.`]), ...screening.troubles],
  };
}

interface Screened {
  readonly source: Verdicts['source'];
  readonly statuses: ReadonlyMap<string, ShownStatus>;
  readonly tookMs: number;
  readonly troubles: readonly string[];
}

/** Waits and reads; what fails here is told beside what is known, for the comments have been sent. */
async function screen(acknowledged: readonly Acknowledged[], run: Run): Promise<Screened> {
  const { options, wait, progress } = run;
  const verdicts = chooseVerdicts(acknowledged, run);
  const { source } = verdicts;
  const troubles: string[] = [];
  let tookMs = 0;
  let statuses: ReadonlyMap<string, ShownStatus> = new Map();
  if (acknowledged.length === 0) return { source, statuses, tookMs, troubles };
  progress.begin('Screening', acknowledged.length);
  try {
    const waited = await waitForScreening(verdicts, {
      total: acknowledged.length,
      giveUpAfterMs: options.giveUpAfterMs,
      wait,
      onScreened: (count) => {
        progress.reach(count);
      },
    });
    tookMs = waited.tookMs;
    if (waited.stoppedBy !== null) troubles.push(`Waiting for the screening ended early: ${waited.stoppedBy}.`);
    statuses = await verdicts.read();
  } catch (error) {
    if (!(error instanceof CommandFault)) throw error;
    troubles.push(error.message);
  } finally {
    progress.end();
  }
  return { source, statuses, tookMs, troubles };
}

function chooseVerdicts(acknowledged: readonly Acknowledged[], { access, options, wait }: Run): Verdicts {
  const { service, canReadModeration } = access;
  if (canReadModeration) return new ModerationVerdicts(service, options.site, wait, acknowledged);
  return new ReceiptVerdicts(service, wait, acknowledged);
}

/** The key names run, file and line, so that it is the same at every try and never one of another run. */
function describeSubmissions({ comments, article }: Reading['files'][number], file: number, run: string): Submission[] {
  return comments.map((comment) => ({
    comment,
    article,
    idempotencyKey: `replay-${run}-${file + 1}-${comment.line}`,
  }));
}

function describeMalformed(lines: readonly MalformedLine[]): string {
  const shown = lines.slice(0, MALFORMED_SHOWN).map(({ file, line, why }) => `${file}:${line}: skipped, ${why}.\n`);
  const more = lines.length - shown.length;
  return shown.join('') + (more > 0 ? `and ${more} more malformed lines.\n` : '');
}
