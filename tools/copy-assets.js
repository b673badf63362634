// The compiler copies only code. What the code reads beside itself (lists, models, style sheets) is copied here.
import { cpSync } from 'node:fs';
import { extname } from 'node:path';
import { statSync } from 'node:fs';

const ASSETS = new Set(['.txt', '.bin', '.css', '.html']);

cpSync('src', 'dist', {
  recursive: true,
  filter: (source) => statSync(source).isDirectory() || ASSETS.has(extname(source)),
});
