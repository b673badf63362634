import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandFault } from '../command-fault.js';
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

/** RFC 1952, section 2.3.1. */
const GZIP_MAGIC = [0x1f, 0x8b] as const;

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
  let line = 0;
  try {
    for await (const text of linesOf(path)) {
      line++;
      if (text.trim() === '') continue;
      // A file may begin with a byte order mark, which JSON does not know.
      const read = readLine(line === 1 ? text.replace(/^\uFEFF/, '') : text, line, stem);
      if (read.ok) comments.push(read.comment);
      else malformed.push({ file: path, line, why: read.why });
      if (comments.length >= limit) break;
    }
  } catch (error) {
    throw new CommandFault(explain(error, path, line));
  }
  return { path, stem, comments, malformed };
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const isPacked = await isGzip(path);
  const file = createReadStream(path);
  // pipeline hands an error of the file on to the unpacker, which `pipe` does not.
  const source = isPacked ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    for await (const line of createInterface({ input: source, crlfDelay: Infinity })) yield line;
  } finally {
    source.destroy();
    file.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0);
    return bytesRead === GZIP_MAGIC.length && GZIP_MAGIC.every((byte, index) => buffer[index] === byte);
  } finally {
    await file.close();
  }
}

function explain(error: unknown, path: string, line: number): string {
  const { code = '', message } = error as { code?: string; message: string };
  if (code === 'ENOENT') return `There is no file ${path}.`;
  if (code === 'EISDIR') return `${path} is a folder; name the files in it.`;
  if (code === 'EACCES') return `The file ${path} may not be read by this user.`;
  if (code.startsWith('Z_')) return `${path} is not whole: its compression ends or breaks after line ${line}.`;
  return `${path} cannot be read: ${message}.`;
}
