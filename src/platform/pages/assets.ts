// The files beside the code that pages link to. Each has a name of its own for every content, so that a browser may keep
// it for a year; they are read once, when the code that needs them is loaded.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Asset {
  readonly body: Buffer;
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const assets = new Map<string, Asset>();

/** @returns the path under which the file is served */
export function publishAsset(file: URL): string {
  const path = fileURLToPath(file);
  const extension = extname(path);
  const body = readFileSync(path);
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const name = `${basename(path, extension)}-${digest}${extension}`;
  assets.set(name, { body, type: TYPES[extension] ?? 'application/octet-stream' });
  return `/assets/${name}`;
}

export function findAsset(name: string): Asset | null {
  return assets.get(name) ?? null;
}
