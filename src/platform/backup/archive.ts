import { Readable, Writable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { createTarDecoder, createTarPacker } from 'modern-tar';
import { BackupFault } from './backup-format.js';

/* A gzipped tar, written and read in one pass: neither side ever holds more than a few MiB of it. */

export interface ArchiveWriter {
  add(name: string, bytes: Uint8Array): Promise<void>;
  /** Resolves when the last byte is out. */
  end(): Promise<void>;
  /** Gives up, so that nobody waits for what will not come. */
  abandon(error: unknown): Promise<void>;
}

/** @param createdAt the time every file in it bears */
export function writeArchive(out: NodeJS.WritableStream, createdAt: Date, signal: AbortSignal): ArchiveWriter {
  const { readable, controller } = createTarPacker();
  const written = pipeline(Readable.fromWeb(readable as ReadableStream<Uint8Array>), createGzip(), out, { signal });
  // Its fault is told where it is waited for; `add` fails by it too.
  written.catch(() => undefined);
  return {
    add: async (name, bytes) => {
      const writer = controller.add({ name, size: bytes.length, mode: 0o600, mtime: createdAt }).getWriter();
      if (bytes.length > 0) await writer.write(bytes);
      await writer.close();
    },
    end: async () => {
      controller.finalize();
      await written;
    },
    abandon: async (error) => {
      controller.error(error);
      await written.catch(() => undefined);
    },
  };
}

export interface ArchiveEntry {
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * The files of an archive, in order. It ends well only when the whole of it was read and is sound.
 * @throws BackupFault for one that is damaged or cut off
 */
export async function* readArchive(source: Readable, signal: AbortSignal): AsyncGenerator<ArchiveEntry> {
  const decoder = createTarDecoder({ strict: true });
  const sink = Writable.fromWeb(decoder.writable);
  const unpacked = pipeline(source, createGunzip(), sink, { signal });
  unpacked.catch(() => undefined);
  try {
    for await (const { header, body } of decoder.readable as ReadableStream<{
      header: { name: string };
      body: ReadableStream<Uint8Array>;
    }>) {
      yield { name: header.name, body };
    }
    await unpacked;
  } catch (error) {
    throw signal.aborted ? error : explain(error);
  } finally {
    source.destroy();
  }
}

export async function readWhole(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > most) throw new BackupFault('The backup is damaged: its table of contents is too long.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A fault of the file system keeps its own words; the rest is a file that is not what it was. */
function explain(error: unknown): unknown {
  const { syscall } = error as { syscall?: string };
  if (error instanceof BackupFault || syscall !== undefined) return error;
  return new BackupFault(
    'The file is damaged, cut off or no backup of Winnow: take another one. Nothing was restored.',
    {
      cause: error,
    },
  );
}
