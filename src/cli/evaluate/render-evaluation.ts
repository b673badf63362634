import type { LogOdds } from '../../lib/spam/classifier/filter.js';
import type { Measured, Row } from './measure-filter.js';

export interface Unseen extends Row {
  readonly isLanguageUnseen: boolean;
}

export interface Online {
  readonly name: string;
  /** (1-AUC)%. */
  readonly fromNothing: number;
  /** With a frozen starter that has not seen the source; NaN where that was not asked. */
  readonly withStarter: number;
}

export interface Evaluation extends Measured {
  readonly thresholds: LogOdds;
  readonly filterBytes: number;
  readonly unseen: readonly Unseen[];
  readonly online: readonly Online[];
}

/** Markdown, so that it can be pasted into a document. */
export function renderEvaluation(evaluation: Evaluation): string {
  const { rows, unseen, online, disguised, thresholds } = evaluation;
  const parts = [
    renderRows(rows),
    `Mean error area of the sources with both labels: ${percent(evaluation.meanErrorArea, 3)}. ` +
      `Calibration error: ${percent(evaluation.calibrationError, 2)}. ` +
      `Held from ${thresholds.hold.toFixed(3)}, put away from ${thresholds.spam.toFixed(3)} (log-odds). ` +
      `${Math.round(evaluation.microsecondsEach)} us a comment with its reasons; ${evaluation.filterBytes} bytes.\n`,
    table(
      ['disguise', 'recall lost where held', 'where put away'],
      disguised.map(({ name, lost }) => [name, points(lost.hold), points(lost.spam)]),
    ),
    ...(unseen.length === 0
      ? []
      : ['Each by a filter that has not seen the source, nor its language:\n', renderRows(unseen)]),
    table(
      ['learned online, (1-AUC)%', 'from nothing', 'with a starter that has not seen it'],
      online.map(({ name, fromNothing, withStarter }) => [name, percent(fromNothing, 2), percent(withStarter, 2)]),
    ),
  ];
  return parts.join('\n');
}

function renderRows(rows: readonly Row[]): string {
  return table(
    ['source', 'spam', 'ham', '(1-AUC)%', 'r@0.1 / 0.5 / 1', 'held', 'put away', 'ham held', 'ham put away'],
    rows.map(({ name, spam, ham, errorArea, recall, caught, wrongly }) => [
      name,
      String(spam),
      String(ham),
      percent(errorArea, 3),
      Number.isNaN(errorArea) ? '' : recall.map((one) => one.toFixed(1)).join(' / '),
      percent(caught.hold, 1),
      percent(caught.spam, 1),
      percent(wrongly.hold, 2),
      percent(wrongly.spam, 2),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function percent(value: number, digits: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(digits);
}

function points(value: number): string {
  return value.toFixed(1);
}
