import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { encodeFilter } from '../../lib/spam/classifier/filter-file.js';
import type { Filter } from '../../lib/spam/classifier/filter.js';
import { readComment } from '../../lib/spam/classifier/read-features.js';
import { trainFilter, type Labelled } from '../../lib/spam/classifier/train-filter.js';
import { RECIPE } from '../../lib/spam/classifier/train-weights.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_OK, EXIT_USAGE } from '../command-fault.js';
import { showProgress } from '../replay/progress.js';
import { readCorpora, type Corpus, type LabelledComment } from './labelled-comment.js';

export const train: Command = {
  summary: 'makes a filter from files of labelled comments',
  help: `Usage: winnow train <file.jsonl[.gz]>... --out <filter>

Makes a filter like the one that comes along (src/lib/spam/model/starter.bin). The same files give the same bytes.

A line of a file is a JSON object:
  {"text": "…", "label": "spam" or "ham", "source"?: "…"}
Sources are weighed against each other by their size; without "source" a file is one. Those named here are trained on,
but no limits are set by them, because they are no comments:
  --letters <source,source>   (email-sa,sms-uci)

Options:
  --out <filter>  where to write it`,
  run: runTrain,
};

/** Sources of the corpora that are no comments. */
export const LETTERS = ['email-sa', 'sms-uci'];

async function runTrain(args: readonly string[], { out, err }: Surroundings): Promise<number> {
  const { files, path, letters } = readOptions(args);
  const corpora = await readCorpora(files, err);
  const filter = trainOn(
    corpora.flatMap(({ comments }) => comments),
    letters,
    err,
  );
  const bytes = encodeFilter(filter, provenanceOf(corpora, letters));
  await writeFile(path, bytes);
  const { hold, spam } = filter.thresholds;
  out.write(
    `${path}: ${bytes.length} bytes; held from ${hold.toFixed(3)}, put away from ${spam.toFixed(3)} (log-odds)\n`,
  );
  return EXIT_OK;
}

/** What `evaluate` does too, with a part of the comments. */
export function trainOn(
  comments: readonly LabelledComment[],
  letters: readonly string[],
  err: Surroundings['err'],
): Filter {
  const progress = showProgress(err);
  progress.begin('Training', 100);
  const labelled = comments.map(({ source, isSpam, text }): Labelled => {
    const { whole, parts } = readComment(text);
    return { source, isSpam, features: { whole, parts } };
  });
  const filter = trainFilter(labelled, {
    isComment: (source) => !letters.includes(source),
    onProgress: (done) => {
      progress.reach(Math.round(100 * done));
    },
  });
  progress.end();
  return filter;
}

function provenanceOf(corpora: readonly Corpus[], letters: readonly string[]): unknown {
  const sources = corpora.map(({ file, sha256, comments }) => {
    const spam = comments.filter(({ isSpam }) => isSpam).length;
    return { file, sha256, spam, ham: comments.length - spam };
  });
  return { by: 'winnow train', recipe: RECIPE, letters, sources };
}

function readOptions(args: readonly string[]): { files: string[]; path: string; letters: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' }, letters: { type: 'string', default: LETTERS.join(',') } },
    });
    if (positionals.length === 0) throw new Error('Name the files to train on');
    if (values.out === undefined) throw new Error('Say with --out where to write the filter');
    return { files: positionals, path: values.out, letters: values.letters.split(',') };
  } catch (error) {
    throw new CommandFault(`${(error as Error).message}. See winnow help train.`, EXIT_USAGE);
  }
}
