// What a spammer gains by characters that nobody sees, put into every word of real spam: nothing is the bar.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { starterFilter } from './classifier/starter.js';
import { plainEvidence } from './evidence.fixture.spec-support.js';
import { judge } from './judge.js';
import type { Label } from './verdict.js';

const CORPORA = new URL('../../../../shared/corpora/', import.meta.url);
const isPresent = existsSync(CORPORA);
if (!isPresent) console.warn(`SKIPPED: hidden characters in real spam, because there is none in ${CORPORA.pathname}`);

/** Of each source, evenly spread, so that the sample is the same on every run. */
const SAMPLE = 150;
const SAME_AT_LEAST = 0.95;

const HIDDEN = { 'zero-width spaces': '\u200b', 'word joiners': '\u2060', 'soft hyphens': '\u00ad' };

const sources = isPresent ? readdirSync(CORPORA).filter((name) => name.endsWith('.jsonl.gz')) : [];

function spamOf(source: string): readonly string[] {
  const lines = gunzipSync(readFileSync(new URL(source, CORPORA)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const spam = lines
    .map((line) => JSON.parse(line) as { text: string; label: string })
    .filter(({ label }) => label === 'spam');
  const step = Math.ceil(spam.length / SAMPLE);
  return spam.filter((_, index) => index % step === 0).map(({ text }) => text);
}

function labelOf(body: string): Label {
  return judge(plainEvidence({ body }), { filter: starterFilter() }).label;
}

/** Behind the second letter of each word. */
function hideIn(text: string, character: string): string {
  return text.replace(/(?<![\p{L}\p{N}])([\p{L}\p{N}]{2})(?=[\p{L}\p{N}])/gu, `$1${character}`);
}

(isPresent ? describe : describe.skip)('real spam', () => {
  const found = sources.flatMap(spamOf).filter((text) => labelOf(text) === 'spam');

  it.each(Object.entries(HIDDEN))('is spam as before with %s in every word', (_, character) => {
    expect(found.length).toBeGreaterThan(300);
    const same = found.filter((text) => labelOf(hideIn(text, character)) === 'spam').length / found.length;
    console.info(`${(100 * same).toFixed(1)} % of ${String(found.length)} are spam as before`);
    expect(same).toBeGreaterThanOrEqual(SAME_AT_LEAST);
  });
});
