// The texts of the repository as the house rules read them: by path, as lines, and as a syntax tree. It judges nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Texts by path from the root of the repository, with forward slashes: a whole house, or a small one made up by a test. */
export type Texts = Readonly<Record<string, string>>;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['src', 'test', 'bench'];
const PAPERS = ['.env.example', 'docs/problems.md'];

export class SourceFile {
  #tree: ts.SourceFile | undefined;
  #nodes: ts.Node[] | undefined;

  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  get isSpec(): boolean {
    return /\.spec(-support)?\.ts$/.test(this.path);
  }

  get tree(): ts.SourceFile {
    // Comments are read where they are wanted; parsing every one of them costs a third of the time.
    const options = { languageVersion: ts.ScriptTarget.ES2023, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
    return (this.#tree ??= ts.createSourceFile(this.path, this.text, options, true));
  }

  /** Every node of the kind, in the order of the text. */
  all<Kind extends ts.Node>(isKind: (node: ts.Node) => node is Kind): Kind[] {
    this.#nodes ??= listNodes(this.tree);
    return this.#nodes.filter(isKind);
  }

  /** A fault at a place: `src/x.ts:12 does what it must not`. */
  fault(place: ts.Node | number, what: string): string {
    const position = typeof place === 'number' ? place : place.getStart(this.tree);
    return `${this.path}:${this.text.slice(0, position).split('\n').length} ${what}`;
  }
}

export class House {
  readonly files: readonly SourceFile[];
  readonly #byPath: ReadonlyMap<string, SourceFile>;

  constructor(texts: Texts) {
    this.files = Object.entries(texts).map(([path, text]) => new SourceFile(path, text));
    this.#byPath = new Map(this.files.map((file) => [file.path, file]));
  }

  /** Specs too: they obey the floors. To read their imports is cheap, to parse them is not. */
  get source(): SourceFile[] {
    return this.files.filter(({ path }) => path.startsWith('src/') && path.endsWith('.ts'));
  }

  /** What runs in production. */
  get code(): SourceFile[] {
    return this.source.filter(({ isSpec }) => !isSpec);
  }

  file(path: string): SourceFile | undefined {
    return this.#byPath.get(path);
  }
}

export function readHouse(): House {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  );
  return new House(
    Object.fromEntries([...inFolders, ...PAPERS].sort().map((path) => [path, readFileSync(join(ROOT, path), 'utf8')])),
  );
}

function listNodes(tree: ts.SourceFile): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return nodes;
}
