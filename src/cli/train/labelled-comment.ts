import { basename } from 'node:path';
import { createHash } from 'node:crypto';
import { CommandFault } from '../command-fault.js';
import { readLines } from '../read-lines.js';

/** A comment of a corpus. */
export interface LabelledComment {
  readonly id: string;
  readonly source: string;
  /** The language's two letters; empty where the corpus does not say. */
  readonly language: string;
  readonly text: string;
  readonly isSpam: boolean;
  /** Its place in its source's own order of time, where known. */
  readonly order: number | null;
}

export interface Corpus {
  readonly file: string;
  /** Of the lines read, so that it does not depend on how they were packed. */
  readonly sha256: string;
  readonly comments: readonly LabelledComment[];
  /** Lines that are no labelled comment. */
  readonly skipped: readonly string[];
}

/**
 * Reads files of JSON lines `{"text", "label", "id"?, "source"?, "lang"?, "seq"?}`, by their names' order. A line that is none is skipped and told.
 * @throws CommandFault when a file cannot be read, or there is no comment in any
 */
export async function readCorpora(paths: readonly string[], err: NodeJS.WritableStream): Promise<Corpus[]> {
  const sorted = [...paths].sort((one, other) => (basename(one) < basename(other) ? -1 : 1));
  const corpora: Corpus[] = [];
  for (const path of sorted) {
    const corpus = await readCorpus(path);
    for (const line of corpus.skipped) err.write(`${line}\n`);
    corpora.push(corpus);
  }
  if (corpora.every(({ comments }) => comments.length === 0))
    throw new CommandFault('There is no comment in the files.');
  return corpora;
}

async function readCorpus(path: string): Promise<Corpus> {
  const file = basename(path);
  const stem = file.replace(/\.gz$/i, '').replace(/\.(jsonl|ndjson|json)$/i, '');
  const digest = createHash('sha256');
  const comments: LabelledComment[] = [];
  const skipped: string[] = [];
  for await (const { line, text } of readLines(path)) {
    const comment = readComment(text, stem, line);
    digest.update(text).update('\n');
    if (comment !== null) comments.push(comment);
    else skipped.push(`${path}:${line}: skipped, not an object with "text" and a "label" of "spam" or "ham".`);
  }
  return { file, sha256: digest.digest('hex'), comments, skipped };
}

function readComment(line: string, stem: string, number: number): LabelledComment | null {
  const value = parse(line);
  if (typeof value !== 'object' || value === null) return null;
  const { text, label, id, source, lang, seq } = value as Readonly<Record<string, unknown>>;
  if (typeof text !== 'string' || (label !== 'spam' && label !== 'ham')) return null;
  return {
    id: typeof id === 'string' ? id : `${stem}:${number}`,
    source: typeof source === 'string' ? source : stem,
    language: typeof lang === 'string' ? lang.slice(0, 2) : '',
    text,
    isSpam: label === 'spam',
    order: typeof seq === 'number' ? seq : null,
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
