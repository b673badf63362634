// The results as Markdown: the rows of the design with must and aim beside what was measured, then the details.
import { cpus, totalmem } from 'node:os';
import { ROWS } from './rows.js';
import { number, withSpread } from './statistics.js';

/** "met aim", "met must" or "below", by the median. */
export function verdictOf({ must, aim, better }, measured) {
  if (!measured) return 'not measured';
  const reaches = (target) =>
    target !== null && (better === 'more' ? measured.median >= target : measured.median <= target);
  if (must === null && aim === null) return '';
  if (reaches(aim)) return 'met aim';
  if (reaches(must)) return aim === null ? 'met' : 'met must';
  return 'below';
}

export function headline({ rounds, seconds }) {
  const processor = cpus()[0]?.model ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `Measured on: ${cpus().length} x ${processor}, ${memory} GB, ${process.platform}, Node ${process.version}, ` +
    `${new Date().toISOString().slice(0, 10)}; ${rounds} rounds of ${seconds} s, the load generator on the same machine.`
  );
}

/** @param {Map<string, { measured: object | null, base: string }>} records */
export function rowsTable(records) {
  const lines = Object.entries(ROWS)
    .filter(([key]) => records.has(key))
    .map(([key, row]) => {
      const { measured, base } = records.get(key);
      const target = (value) => (value === null ? '' : `${number(value)}${row.unit === 'x' ? 'x' : ` ${row.unit}`}`);
      const basis = [base, row.base].filter(Boolean).join('; ');
      return [
        key.split('.')[0],
        row.measure,
        target(row.must),
        target(row.aim),
        withSpread(measured, row.unit),
        verdictOf(row, measured),
        basis,
      ];
    });
  return markdownTable(
    ['row', 'measure', 'must', 'aim', 'measured', 'verdict', 'base, in the same run unless said'],
    lines,
  );
}

export function markdownTable(heads, lines) {
  const widths = heads.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column].length)));
  const row = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [row(heads), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
}
