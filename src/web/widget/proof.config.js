// Makes the widget's second file, which solves challenges: a module, so that a page that never needs it never loads it.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: here('../../../dist/web/widget'),
    emptyOutDir: false,
    minify: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    lib: { entry: here('proof.ts'), formats: ['es'], fileName: () => 'proof.js' },
  },
});
