import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../platform/problem/problem.js';
import { acceptsGzip } from '../../publishing/answer-forms.js';
import { entityTag, matchesEntityTag } from '../../publishing/entity-tag.js';

interface Form {
  readonly body: Buffer;
  readonly etag: string;
}

interface WidgetFile {
  readonly type: string;
  readonly plain: Form;
  readonly packed: Form;
}

const pack = promisify(gzip);
const SCRIPT = 'text/javascript; charset=utf-8';
/** Where the build puts them. */
const FOLDER = new URL('../widget/', import.meta.url);
/** The name stays the same when the widget changes, so a browser asks again after an hour, and may use it while it asks. */
const CACHE_CONTROL = 'public, max-age=3600, stale-while-revalidate=86400';

/** The widget and its texts, for pages of every origin. Read and packed when they are first asked for. */
@Injectable()
export class WidgetFiles {
  readonly #files = new Map<string, Promise<WidgetFile>>();

  script(request: FastifyRequest, reply: FastifyReply): Promise<Buffer | null> {
    return this.#send('embed.js', SCRIPT, request, reply);
  }

  /**
   * What the script asks for when it needs it: the texts of a language, or what solves a challenge.
   * @throws Problem `not-found` for a language that the widget does not speak
   */
  async part(name: string, request: FastifyRequest, reply: FastifyReply): Promise<Buffer | null> {
    if (name === 'proof.js') return this.#send(name, SCRIPT, request, reply);
    if (!/^[a-z]{2}\.json$/.test(name)) throw new Problem('not-found');
    return this.#send(name, 'application/json; charset=utf-8', request, reply);
  }

  async #send(name: string, type: string, { headers }: FastifyRequest, reply: FastifyReply): Promise<Buffer | null> {
    void reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    const file = await this.#find(name, type);
    const isPacked = acceptsGzip(headers['accept-encoding']);
    const { body, etag } = isPacked ? file.packed : file.plain;
    void reply.headers({ etag, 'cache-control': CACHE_CONTROL, vary: 'accept-encoding' });
    if (matchesEntityTag(headers['if-none-match'], etag)) {
      void reply.status(304);
      return null;
    }
    if (isPacked) void reply.header('content-encoding', 'gzip');
    void reply.type(file.type);
    return body;
  }

  #find(name: string, type: string): Promise<WidgetFile> {
    const known = this.#files.get(name);
    if (known) return known;
    const file = readWidgetFile(name, type);
    this.#files.set(name, file);
    // Names of two letters are few, but what is not there needs no place.
    file.catch(() => this.#files.delete(name));
    return file;
  }
}

async function readWidgetFile(name: string, type: string): Promise<WidgetFile> {
  const body = await readFile(new URL(name, FOLDER)).catch((error: unknown) => {
    throw (error as { code?: string }).code === 'ENOENT' ? new Problem('not-found') : error;
  });
  const packed = await pack(body, { level: 9 });
  // Other bytes, another strong tag (RFC 9110, 8.8.3.3).
  return { type, plain: { body, etag: entityTag(body) }, packed: { body: packed, etag: entityTag(packed) } };
}
