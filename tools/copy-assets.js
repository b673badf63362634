// The compiler copies only code. What the code reads beside itself (lists, models, style sheets) is copied here, and
// the notices that must go wherever the lists go.
import { chmodSync, cpSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';

const ASSETS = new Set(['.txt', '.bin', '.css', '.html', '.svg']);

cpSync('src', 'dist', {
  recursive: true,
  filter: (source) =>
    statSync(source).isDirectory() || ASSETS.has(extname(source)) || basename(source) === 'NOTICES.md',
});

// `npx winnow` starts the file itself.
chmodSync('dist/cli/winnow.js', 0o755);
