// The scripts of our pages. They are made by another tool than the rest (src/web/islands/build.js), and a page must work
// without them: where that tool has not run (`npm run dev`), the page goes without.
import { existsSync } from 'node:fs';
import { publishAsset } from '../../platform/pages/assets.js';

/** Buttons that copy, parts that look again, forms whose choices show at once. */
export const PAGE_SCRIPTS = publish('pages.js');
/** Plots of what stands in tables. */
export const PLOT_SCRIPTS = publish('plots.js');
export const PLOT_STYLES = publish('uplot.css');

function publish(name: string): readonly string[] {
  const file = new URL(`../islands/${name}`, import.meta.url);
  return existsSync(file) ? [publishAsset(file)] : [];
}
