// What a comment will look like, near enough: the Markdown that people use, as nodes and never as HTML. The service makes
// the real thing.
import { make } from './dom.js';

const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]'"])/gi;

export function previewOf(text: string): Node[] {
  const parts = text.replace(/\r\n?/g, '\n').split(/^```.*$/m);
  return parts.flatMap((part, index) =>
    index % 2 === 1 ? [make('pre', {}, make('code', {}, part.replace(/^\n/, '')))] : blocksOf(part),
  );
}

function blocksOf(text: string): Node[] {
  return text
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const lines = block.replace(/^\n+/, '').trimEnd().split('\n');
      if (!lines.every((line) => /^ {0,3}>/.test(line))) return make('p', {}, ...linesOf(lines));
      return make('blockquote', {}, ...blocksOf(lines.map((line) => line.replace(/^ {0,3}> ?/, '')).join('\n')));
    });
}

function linesOf(lines: readonly string[]): Node[] {
  return lines.flatMap((line, index) => (index === 0 ? wordsOf(line) : [make('br'), ...wordsOf(line)]));
}

function wordsOf(line: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const found of line.matchAll(INLINE)) {
    nodes.push(new Text(line.slice(end, found.index)), nodeOf(found));
    end = found.index + found[0].length;
  }
  return [...nodes, new Text(line.slice(end))];
}

function nodeOf([whole, code, strong, emphasis, label, address]: RegExpMatchArray): Node {
  if (code !== undefined) return make('code', {}, code);
  if (strong !== undefined) return make('strong', {}, ...wordsOf(strong));
  if (emphasis !== undefined) return make('em', {}, ...wordsOf(emphasis));
  return make('a', { href: address ?? whole, rel: 'nofollow ugc noopener noreferrer' }, label ?? whole);
}
