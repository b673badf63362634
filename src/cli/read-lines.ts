import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandFault } from './command-fault.js';

/** RFC 1952, section 2.3.1. */
const GZIP_MAGIC = [0x1f, 0x8b] as const;

export interface Line {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * The lines of a file, gzip or plain by its first bytes, whatever its name. Empty lines are counted and passed over.
 * @throws CommandFault when it cannot be read
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let line = 0;
  try {
    for await (const text of linesOf(path)) {
      line++;
      // A file may begin with a byte order mark, which JSON does not know.
      if (text.trim() !== '') yield { line, text: line === 1 ? text.replace(/^\uFEFF/, '') : text };
    }
  } catch (error) {
    throw error instanceof CommandFault ? error : new CommandFault(explain(error, path, line));
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const isPacked = await isGzip(path);
  const file = createReadStream(path);
  // pipeline hands an error of the file on to the unpacker, which `pipe` does not.
  const source = isPacked ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    yield* splitLines(source);
  } finally {
    source.destroy();
    file.destroy();
  }
}

/** Not node:readline, for which U+2028 inside a JSON string ends the line. */
export async function* splitLines(source: NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest = '';
  source.setEncoding('utf8');
  for await (const chunk of source as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
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
