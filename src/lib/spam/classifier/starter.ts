import { readFileSync } from 'node:fs';
import { decodeFilter } from './filter-file.js';
import type { Filter } from './filter.js';

let loaded: Filter | undefined;

/** The filter that comes along, read when it is first asked for. What it was made of: `../model/NOTICES.md`. */
export function starterFilter(): Filter {
  return (loaded ??= decodeFilter(readFileSync(new URL('../model/starter.bin', import.meta.url))));
}
