import { parseArgs } from 'node:util';
import { readFile } from 'node:fs/promises';
import { decodeFilter, encodeFilter } from '../../lib/spam/classifier/filter-file.js';
import type { Filter } from '../../lib/spam/classifier/filter.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_OK, EXIT_USAGE } from '../command-fault.js';
import { readCorpora, type LabelledComment } from '../train/labelled-comment.js';
import { LETTERS, trainOn } from '../train/train.js';
import { describe, measureFilter, scoreOne } from './measure-filter.js';
import { measureOnline } from './measure-online.js';
import { renderEvaluation, type Evaluation, type Online, type Unseen } from './render-evaluation.js';
import { splitComments } from './split.js';

export const evaluate: Command = {
  summary: 'measures a filter on files of labelled comments',
  help: `Usage: winnow evaluate <file.jsonl[.gz]>... [options]

Reserves three tenths of the comments, by the digest of their ids, trains a filter on the others and measures it on what
was reserved: by source, under disguises, and how fast a site's own model learns each source from nothing.

Options:
  --filter <file>    measures this filter on all comments instead of training one
  --without <a,b>    sources that are not trained on, but measured
  --unseen           also trains a filter without each source, and measures it there (some minutes)
  --letters <a,b>    sources that are no comments (${LETTERS.join(',')})
  --json             prints JSON instead of tables`,
  run: runEvaluate,
};

interface Options {
  readonly files: readonly string[];
  readonly filter: string | undefined;
  readonly without: readonly string[];
  readonly letters: readonly string[];
  readonly isUnseenAsked: boolean;
  readonly isJson: boolean;
}

async function runEvaluate(args: readonly string[], { out, err }: Surroundings): Promise<number> {
  const options = readOptions(args);
  const corpora = await readCorpora(options.files, err);
  const comments = corpora.flatMap((corpus) => corpus.comments);
  const { training, reserved } = splitComments(comments);
  const known = training.filter(({ source }) => !options.without.includes(source));
  const filter =
    options.filter === undefined ? trainOn(known, options.letters, err) : decodeFilter(await readFile(options.filter));
  const measured = measureFilter(
    filter,
    options.filter === undefined ? reserved : comments,
    (source) => !options.letters.includes(source),
  );
  const evaluation: Evaluation = {
    ...measured,
    thresholds: filter.thresholds,
    filterBytes: encodeFilter(filter, null).length,
    unseen: options.isUnseenAsked ? measureUnseen(comments, options, err) : [],
    online: onlineSets(comments).map(([name, ofSet]): Online => ({
      name,
      fromNothing: measureOnline(ofSet, null),
      withStarter: NaN,
    })),
  };
  const online = options.isUnseenAsked ? withStarters(evaluation.online, comments, options, err) : evaluation.online;
  out.write(
    options.isJson
      ? `${JSON.stringify({ ...evaluation, online }, null, 2)}\n`
      : renderEvaluation({ ...evaluation, online }),
  );
  return EXIT_OK;
}

/** Videos of one site are one stream. */
function onlineSets(comments: readonly LabelledComment[]): [string, LabelledComment[]][] {
  const sets = new Map<string, LabelledComment[]>();
  for (const comment of comments) {
    const name = comment.order === null ? comment.source : comment.source.replace(/-.*/, '');
    sets.set(name, [...(sets.get(name) ?? []), comment]);
  }
  return [...sets].filter(([, ofSet]) => new Set(ofSet.map(({ isSpam }) => isSpam)).size === 2);
}

function withStarters(
  sets: readonly Online[],
  comments: readonly LabelledComment[],
  { letters }: Options,
  err: Surroundings['err'],
): Online[] {
  const bySet = new Map(onlineSets(comments));
  return sets.map((one) => {
    const ofSet = bySet.get(one.name) ?? [];
    const sources = new Set(ofSet.map(({ source }) => source));
    const starter = trainOn(
      comments.filter(({ source }) => !sources.has(source)),
      letters,
      err,
    );
    return { ...one, withStarter: measureOnline(ofSet, starter) };
  });
}

/** A language is left out whole: a second source of it would make it known. */
function measureUnseen(comments: readonly LabelledComment[], { letters }: Options, err: Surroundings['err']): Unseen[] {
  const sources = [...new Set(comments.map(({ source }) => source))];
  return sources.map((source): Unseen => {
    const own = comments.filter((comment) => comment.source === source);
    const language = own[0]?.language;
    const isForeign = language !== 'en';
    const others = comments.filter(
      (comment) => comment.source !== source && !(isForeign && comment.language === language),
    );
    const filter: Filter = trainOn(others, letters, err);
    const scored = own.map((comment) => scoreOne(filter, comment));
    return { ...describe(source, scored, filter), isLanguageUnseen: isForeign };
  });
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        filter: { type: 'string' },
        without: { type: 'string', default: '' },
        letters: { type: 'string', default: LETTERS.join(',') },
        unseen: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0) throw new Error('Name the files to measure on');
    return {
      files: positionals,
      filter: values.filter,
      without: values.without.split(',').filter((source) => source !== ''),
      letters: values.letters.split(','),
      isUnseenAsked: values.unseen,
      isJson: values.json,
    };
  } catch (error) {
    throw new CommandFault(`${(error as Error).message}. See winnow help evaluate.`, EXIT_USAGE);
  }
}
