import type { Finding } from './finding.js';

/** One line for each finding, and one that counts what is wrong. */
export function renderFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ area }) => area.length));
  const lines = findings.map(({ area, state, says, next }) => {
    const advice = next === undefined ? '' : ` ${next}`;
    return `${state.padEnd(5)}  ${area.padEnd(width)}  ${says}${advice}`;
  });
  return [...lines, '', summarize(findings), ''].join('\n');
}

function summarize(findings: readonly Finding[]): string {
  const wrong = findings.filter(({ state }) => state === 'wrong').length;
  if (wrong > 0) return wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`;
  const notes = findings.filter(({ state }) => state === 'note').length;
  return notes === 0 ? 'All is well.' : 'Nothing is wrong; the notes say what could be better.';
}
