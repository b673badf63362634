// Makes the small scripts of the pages, each a file of its own that needs no other: `dist/web/islands/<name>.js`. What a page
// does without them stands in the page; they add what a page without a script cannot do.
import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** One after the other: a script of this form can have only one entry. Whose work goes along is named in it. */
const ISLANDS = [
  { name: 'pages' },
  {
    name: 'plots',
    notice: '/*! uPlot (https://github.com/leeoniya/uPlot), Copyright (c) Leon Sorokin, MIT License */',
  },
];

for (const { name, notice = '' } of ISLANDS) {
  await build({
    configFile: false,
    root: here('.'),
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: here('../../../dist/web/islands'),
      emptyOutDir: false,
      target: ['chrome123', 'firefox121', 'safari17.5'],
      lib: { entry: here(`${name}.ts`), formats: ['iife'], name: `winnow_${name}`, fileName: () => `${name}.js` },
      rolldownOptions: { output: { postBanner: notice } },
    },
  });
}

mkdirSync(here('../../../dist/web/islands'), { recursive: true });
copyFileSync(
  fileURLToPath(import.meta.resolve('uplot/dist/uPlot.min.css')),
  here('../../../dist/web/islands/uplot.css'),
);
