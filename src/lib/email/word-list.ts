// Reads the lists in `data/`: one lower-case entry a line, lines that begin with # are for people.
import { readFileSync } from 'node:fs';

/** The entries of `data/<name>.txt`, in the order of the file. */
export function readWordList(name: string): string[] {
  const text = readFileSync(new URL(`./data/${name}.txt`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
