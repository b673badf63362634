import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './house.js';

export interface Import {
  /** Where it stands in the text. */
  readonly position: number;
  /** A path from the root for one of our files, else the package's name as written. */
  readonly target: string;
  readonly isOurs: boolean;
}

/** Everything a file takes from another, types and re-exports and `import()` included. A scan: it makes no tree. */
export function importsOf(file: SourceFile): Import[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map(({ fileName, pos }) => {
    const isOurs = fileName.startsWith('.');
    return { position: pos, isOurs, target: isOurs ? resolve(file.path, fileName) : fileName };
  });
}

function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}
