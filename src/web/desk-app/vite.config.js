// Makes the desk's script: one file, without anything that a strict policy for content would refuse.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: false,
  logLevel: 'warn',
  // For libraries that ask it; a script for browsers has no `process`.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  build: {
    outDir: here('../../../dist/web/desk-app'),
    // Style sheets of the pages live in `dist` too.
    emptyOutDir: false,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    lib: { entry: here('main.tsx'), formats: ['iife'], name: 'winnowDesk', fileName: () => 'desk.js' },
  },
});
