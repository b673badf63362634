import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { scoreComment } from '../../lib/spam/classifier/filter.js';
import { readComment } from '../../lib/spam/classifier/read-features.js';
import { makeSiteExample } from '../../lib/spam/classifier/site-example.js';
import { SiteModel } from '../../lib/spam/classifier/site-model.js';
import { starterFilter } from '../../lib/spam/classifier/starter.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../command-fault.js';
import { splitLines } from '../read-lines.js';
import { judgeText, readGiven, type GivenComment } from './judge-text.js';

export const score: Command = {
  summary: 'scores comments from standard input with the filter that comes along',
  help: `Usage: winnow score [--json]
       winnow score --online [--from-nothing]
       winnow score --thresholds

Reads JSON lines {"text", "author"?, "email"?, "url"?, "ts"?} from standard input and prints a line for each, in order:
the log-odds of spam, higher is more like spam. Only what the comment says counts; nothing is known of its author.
A line that is no such object gives the line "null", a sentence on standard error, and exit code 1 at the end.

Options:
  --json          prints {"probability", "label", "signals"} instead
  --thresholds    prints from which log-odds a comment is held for a person, and put away as spam
  --online        after each comment reads a line "spam" or "ham" and learns it, as a site's own model does
  --from-nothing  with --online: without the filter that comes along`,
  run: runScore,
};

interface Options {
  readonly json: boolean;
  readonly thresholds: boolean;
  readonly online: boolean;
  readonly 'from-nothing': boolean;
}

async function runScore(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = readOptions(args);
  if (options.thresholds) return printThresholds(surroundings);
  return options.online ? scoreOnline(options, surroundings) : scoreAll(options, surroundings);
}

function printThresholds({ out }: Surroundings): number {
  const { hold, spam } = starterFilter().thresholds;
  out.write(`hold ${hold}\nspam ${spam}\n`);
  return EXIT_OK;
}

async function scoreAll({ json }: Options, { in: input, out, err }: Surroundings): Promise<number> {
  let exitCode = EXIT_OK;
  let number = 0;
  for await (const line of splitLines(input)) {
    number++;
    const given = readGiven(line);
    if (typeof given === 'string') {
      exitCode = tellMalformed(err, number, given);
      await print(out, 'null');
      continue;
    }
    const { score: logOdds, probability, label, signals } = judgeText(given, null);
    await print(out, json ? JSON.stringify({ probability, label, signals }) : String(logOdds));
  }
  return exitCode;
}

async function scoreOnline(options: Options, { in: input, out, err }: Surroundings): Promise<number> {
  const model = new SiteModel();
  const isFromNothing = options['from-nothing'];
  let exitCode = EXIT_OK;
  let number = 0;
  let given: GivenComment | null = null;
  for await (const line of splitLines(input)) {
    number++;
    const label = line.trim();
    if (label === 'spam' || label === 'ham') {
      if (given === null) exitCode = tellMalformed(err, number, 'a label without a comment before it');
      else model.learn(exampleOf(given, isFromNothing), label === 'spam');
      given = null;
      continue;
    }
    const read = readGiven(line);
    if (typeof read === 'string') {
      exitCode = tellMalformed(err, number, read);
      await print(out, 'null');
      continue;
    }
    given = read;
    await print(out, String(isFromNothing ? model.score(exampleOf(given, true)).score : judgeText(given, model).score));
  }
  return exitCode;
}

function exampleOf({ text }: GivenComment, isFromNothing: boolean): ReturnType<typeof makeSiteExample> {
  const features = readComment(text);
  return makeSiteExample(features.whole, isFromNothing ? 0 : scoreComment(starterFilter(), features).score);
}

function tellMalformed(err: NodeJS.WritableStream, line: number, why: string): number {
  err.write(`winnow: line ${line} is ${why}.\n`);
  return EXIT_FAILED;
}

/** At once; waits where the reader is slower. */
async function print(out: NodeJS.WritableStream, line: string): Promise<void> {
  if (!out.write(`${line}\n`)) await once(out, 'drain');
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        thresholds: { type: 'boolean', default: false },
        online: { type: 'boolean', default: false },
        'from-nothing': { type: 'boolean', default: false },
      },
    });
    if (values['from-nothing'] && !values.online) throw new Error('--from-nothing goes with --online');
    return values;
  } catch (error) {
    throw new CommandFault(`${(error as Error).message}. See winnow help score.`, EXIT_USAGE);
  }
}
