// What near fingerprints do to real comments: honest ones stay apart, copies with small changes are found again.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { BANDS, isNear, nearFingerprint, type NearFingerprint } from './near-fingerprint.js';

const CORPORA = new URL('../../../../shared/corpora/', import.meta.url);
const isPresent = existsSync(CORPORA);
if (!isPresent) console.warn(`SKIPPED: near fingerprints on real comments: no corpora in ${CORPORA.pathname}`);

interface Line {
  readonly source: string;
  readonly text: string;
  readonly label: string;
}

interface Printed extends Line {
  readonly print: NearFingerprint;
}

/** E-mail quotes what it answers, so that its threads are near copies by nature. */
const sources = isPresent ? readdirSync(CORPORA).filter((name) => /^(?!email).*\.jsonl\.gz$/.test(name)) : [];

(isPresent ? describe : describe.skip)('near fingerprints, on real comments', () => {
  const lines = sources.flatMap(read);
  const printed = lines.flatMap((line): Printed[] => {
    const print = nearFingerprint(line.text);
    return print ? [{ ...line, print }] : [];
  });

  it('join at most 1.5 % of the ham of a source, and nearly never comments that share little', () => {
    const shares = sources.map((source) => {
      const ham = printed.filter((line) => source.startsWith(`${line.source}.`) && line.label === 'ham');
      const joins = joinsAmong(ham);
      const strange = joins.filter(([one, other]) => shared(one.text, other.text) < 0.3).length;
      return { source, ham: ham.length, joined: joins.length, strange };
    });
    console.info(
      shares.map(({ source, ham, joined, strange }) => `${source}: ${joined} of ${ham}, ${strange} strange`).join('\n'),
    );
    for (const { ham, joined } of shares) expect(joined).toBeLessThanOrEqual(Math.max(2, 0.015 * ham));
    const all = (name: 'ham' | 'strange'): number => shares.reduce((sum, share) => sum + share[name], 0);
    expect(all('ham')).toBeGreaterThan(20_000);
    expect(all('strange') / all('ham')).toBeLessThan(0.001);
  });

  it.each([
    ['another number and link', 99, (text: string) => `${text.replace(/\d/g, '7')} http://x${text.length}.com/y`],
    ['a greeting before it', 98, (text: string) => `Dear Maria, ${text}`],
    ['one word changed', 90, (text: string) => changeWords(text, 1)],
    ['two words changed', 70, (text: string) => changeWords(text, 2)],
  ])('find spam again with %s, at least %d %% of it', (_what, least, edit) => {
    const spam = printed.filter(({ label }) => label === 'spam').slice(0, 3_000);
    const found = spam.filter(({ text, print }) => {
      const copy = nearFingerprint(edit(text));
      return copy !== null && shareBand(copy, print) && isNear(copy, print);
    });
    expect((100 * found.length) / spam.length).toBeGreaterThan(least);
  });

  it('take less than 100 microseconds for a comment of 75 characters', () => {
    const texts = lines.map(({ text }) => text).filter(({ length }) => length >= 60 && length <= 90);
    // The fastest of several rounds: the others measure what else the machine was doing. The aim is 30.
    const rounds = [1, 2, 3, 4, 5].map(() =>
      timeOf(() => {
        texts.forEach(nearFingerprint);
      }),
    );
    const microseconds = (1000 * Math.min(...rounds)) / texts.length;
    console.info(`${microseconds.toFixed(1)} microseconds for a near fingerprint, ${texts.length} comments`);
    expect(microseconds).toBeLessThan(100);
  });
});

function read(source: string): Line[] {
  const text = gunzipSync(readFileSync(new URL(source, CORPORA))).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** Each comment with the first it is near to and shares a band with, as the screening finds it. */
function joinsAmong(comments: readonly Printed[]): [Printed, Printed][] {
  const founders = new Map<string, Printed[]>();
  return comments.flatMap((comment): [Printed, Printed][] => {
    const bands = comment.print.slice(0, BANDS).map((value, band) => `${band}:${value}`);
    const found = bands.flatMap((band) => founders.get(band) ?? []).find(({ print }) => isNear(print, comment.print));
    if (found) return [[found, comment]];
    for (const band of bands) founders.set(band, [...(founders.get(band) ?? []), comment]);
    return [];
  });
}

function shareBand(one: NearFingerprint, other: NearFingerprint): boolean {
  return one.slice(0, BANDS).some((value, band) => value === other[band]);
}

/** The share of trigrams of letters that two texts have in common, found by other means than the fingerprint's. */
function shared(one: string, other: string): number {
  const [ofOne, ofOther] = [trigrams(one), trigrams(other)];
  const common = [...ofOne].filter((trigram) => ofOther.has(trigram)).length;
  return common / (ofOne.size + ofOther.size - common);
}

function trigrams(text: string): Set<string> {
  const letters = text.toLowerCase().replace(/https?:\/\/\S+|@\w+|[^\p{L}]+/gu, '');
  return new Set(Array.from({ length: letters.length }, (_, start) => letters.slice(start, start + 3)));
}

/** So many words, evenly spread, become another. */
function changeWords(text: string, count: number): string {
  const words = text.split(' ');
  for (let nth = 1; nth <= count; nth++) words[Math.floor((words.length * nth) / (count + 1))] = 'banana';
  return words.join(' ');
}

function timeOf(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
