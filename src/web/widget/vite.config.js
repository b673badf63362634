// Makes the widget: one file with its style inside, and beside it the texts of each language, fetched when they are needed.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: here('languages'),
  logLevel: 'warn',
  build: {
    outDir: here('../../../dist/web/widget'),
    // The compiler's cache and the style sheets of the pages live in `dist` too.
    emptyOutDir: false,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    lib: { entry: here('register.ts'), formats: ['iife'], name: 'winnowWidget', fileName: () => 'embed.js' },
  },
});
