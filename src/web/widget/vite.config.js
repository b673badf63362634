// Makes the widget: one file with its style inside, and beside it the texts of each language, fetched when they are needed.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The texts of each language beside the script, without what makes them easy to read here. */
const languages = {
  name: 'languages',
  generateBundle() {
    for (const fileName of readdirSync(here('languages'))) {
      const texts = JSON.parse(readFileSync(here(`languages/${fileName}`), 'utf8'));
      this.emitFile({ type: 'asset', fileName, source: JSON.stringify(texts) });
    }
  },
};

export default defineConfig({
  root: here('.'),
  publicDir: false,
  plugins: [languages],
  logLevel: 'warn',
  build: {
    outDir: here('../../../dist/web/widget'),
    // The compiler's cache and the style sheets of the pages live in `dist` too.
    emptyOutDir: false,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    lib: { entry: here('register.ts'), formats: ['iife'], name: 'winnowWidget', fileName: () => 'embed.js' },
  },
});
