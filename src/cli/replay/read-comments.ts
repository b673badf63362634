import { basename } from 'node:path';
import { readLines } from '../read-lines.js';
import { readLine, type ReplayComment } from './replay-comment.js';

export interface MalformedLine {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

export interface ReplayFile {
  readonly path: string;
  /** Its name without folder and endings. */
  readonly stem: string;
  readonly comments: readonly ReplayComment[];
  readonly malformed: readonly MalformedLine[];
}

/**
 * Reads a file of JSON lines, gzip or plain by its first bytes, whatever its name. Empty lines are passed over.
 * @throws CommandFault when it cannot be read
 */
export async function readComments(path: string, limit: number): Promise<ReplayFile> {
  const stem = basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(jsonl|ndjson|json)$/i, '');
  const comments: ReplayComment[] = [];
  const malformed: MalformedLine[] = [];
  for await (const { line, text } of readLines(path)) {
    const read = readLine(text, line, stem);
    if (read.ok) comments.push(read.comment);
    else malformed.push({ file: path, line, why: read.why });
    if (comments.length >= limit) break;
  }
  return { path, stem, comments, malformed };
}
