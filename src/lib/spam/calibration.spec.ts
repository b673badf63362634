// What the rules do to real comments before any learning: no harm is the bar, catching spam a bonus.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { plainEvidence, SILENT_FILTER } from './evidence.fixture.spec-support.js';
import { judge } from './judge.js';
import type { Label } from './verdict.js';

const CORPORA = new URL('../../../../shared/corpora/', import.meta.url);
const isPresent = existsSync(CORPORA);
if (!isPresent) console.warn(`SKIPPED: the filter's calibration, because there are no corpora in ${CORPORA.pathname}`);

/** Comments judged of each source at most; every k-th line is taken, so that the sample is the same on every run. */
const SAMPLE = 1500;
const SPAM_BAR = 0.003;
const UNSURE_BAR = 0.04;

interface Line {
  readonly text: string;
  readonly author?: string;
  readonly label: string;
}

interface Shares {
  readonly comments: number;
  readonly spam: number;
  readonly unsure: number;
}

const sources = isPresent ? readdirSync(CORPORA).filter((name) => name.endsWith('.jsonl.gz')) : [];

(isPresent ? describe : describe.skip)('the checks alone, on real comments', () => {
  const measured = new Map(sources.map((source) => [source, measure(sample(source))]));

  it('print what they hold and catch', () => {
    const table = [...measured].map(([source, { ham, spam }]) => {
      const caught = spam.comments === 0 ? '' : `spam: ${percent(spam.spam)} spam, ${percent(spam.unsure)} unsure`;
      return `${source.padEnd(26)} ham: ${percent(ham.spam)} spam, ${percent(ham.unsure)} unsure   ${caught}`;
    });
    console.info(table.join('\n'));
    expect(table.length).toBeGreaterThan(10);
  });

  for (const [source, { ham }] of measured) {
    it(`put away at most 0.3 % and hold at most 4 % of the ham in ${source}`, () => {
      expect(ham.comments).toBeGreaterThan(100);
      expect(ham.spam).toBeLessThanOrEqual(SPAM_BAR);
      expect(ham.unsure).toBeLessThanOrEqual(UNSURE_BAR);
    });
  }
});

function sample(source: string): readonly Line[] {
  const lines = gunzipSync(readFileSync(new URL(source, CORPORA)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const step = Math.ceil(lines.length / SAMPLE);
  const taken = lines.filter((_line, index) => index % step === 0).map((line) => JSON.parse(line) as Line);
  // One source kept the heading of its table as a line.
  return taken.filter(({ label }) => label === 'ham' || label === 'spam');
}

function measure(lines: readonly Line[]): { readonly ham: Shares; readonly spam: Shares } {
  const labelled = lines.map((line) => ({ label: line.label, verdict: verdictOn(line) }));
  const sharesOf = (label: 'ham' | 'spam'): Shares => {
    const verdicts = labelled.filter((line) => line.label === label).map((line) => line.verdict);
    const share = (wanted: Label): number => verdicts.filter((verdict) => verdict === wanted).length / verdicts.length;
    return { comments: verdicts.length, spam: share('spam'), unsure: share('unsure') };
  };
  return { ham: sharesOf('ham'), spam: sharesOf('spam') };
}

function verdictOn({ text, author }: Line): Label {
  const comment = { body: text, ...(author === undefined ? {} : { authorName: author }) };
  return judge(plainEvidence(comment), { filter: SILENT_FILTER }).label;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2).padStart(6)} %`;
}
