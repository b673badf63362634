import fc from 'fast-check';
import { readComment } from './read-features.js';
import { decodeSiteExample, encodeSiteExample, makeSiteExample, SITE_FEATURES } from './site-example.js';
import { SiteModel } from './site-model.js';

const decision = fc.record({
  text: fc.string({ unit: 'grapheme', maxLength: 60 }),
  starter: fc.double({ min: -20, max: 20, noNaN: true }),
  isSpam: fc.boolean(),
});

function learnable({ text, starter, isSpam }: { text: string; starter: number; isSpam: boolean }) {
  return { example: makeSiteExample(readComment(text).whole, starter), isSpam };
}

function sameBytes(one: SiteModel, other: SiteModel): boolean {
  return Buffer.from(one.encode()).equals(other.encode());
}

describe("a site's model", () => {
  it('is the same to the byte after a decision was learned and taken out again', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 12 }), decision, fc.nat(), (decisions, extra, place) => {
        const all = decisions.map(learnable);
        const at = place % (all.length + 1);
        const withExtra = [...all.slice(0, at), learnable(extra), ...all.slice(at)];
        expect(SiteModel.fold(withExtra).learned).not.toEqual(SiteModel.fold(all).learned);
        withExtra.splice(at, 1);
        expect(sameBytes(SiteModel.fold(withExtra), SiteModel.fold(all))).toBe(true);
      }),
    );
  });

  it('is the same whether learned one by one or folded from stored examples', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 12 }), (decisions) => {
        const all = decisions.map(learnable);
        const model = new SiteModel();
        for (const { example, isSpam } of all) model.learn(example, isSpam);
        const stored = all.map(({ example, isSpam }) => ({
          example: decodeSiteExample(encodeSiteExample(example)),
          isSpam,
        }));
        expect(sameBytes(SiteModel.fold(stored), model)).toBe(true);
      }),
    );
  });

  it('stores an example without loss, in numbers of its own range', () => {
    fc.assert(
      fc.property(decision, ({ text, starter }) => {
        const example = makeSiteExample(readComment(text).whole, starter);
        expect(decodeSiteExample(encodeSiteExample(example))).toEqual(example);
        expect([...example.content, ...example.flags].every((number) => number >= 0 && number < SITE_FEATURES)).toBe(
          true,
        );
      }),
    );
  });

  it('learns what its moderators call spam, counts it, and trusts a starter less that was wrong', () => {
    const spam = makeSiteExample(readComment('obat kuat alami, pesan sekarang').whole, -4);
    const ham = makeSiteExample(readComment('terima kasih, tulisan yang bagus').whole, -4);
    const model = new SiteModel();
    const before = model.score(spam).score;
    for (let round = 0; round < 5; round++) {
      model.learn(spam, true);
      model.learn(ham, false);
    }
    expect(model.score(spam).score).toBeGreaterThan(before + 2);
    expect(model.score(ham).score).toBeLessThan(model.score(spam).score - 2);
    expect(model.learned).toEqual({ spam: 5, ham: 5 });
    expect(model.countsOf(spam.content[0] ?? -1).spam).toBe(5);
  });

  it.each([true, false])('is not turned by its only decision (spam: %s)', (isSpam) => {
    const model = new SiteModel();
    model.learn(makeSiteExample(readComment('obat kuat alami, pesan sekarang').whole, isSpam ? -4 : 4), isSpam);
    const scoreOf = (starter: number) =>
      model.score(makeSiteExample(readComment('The bridge opens again on Monday.').whole, starter)).score;
    expect(scoreOf(-4)).toBeLessThan(-1);
    expect(scoreOf(4)).toBeGreaterThan(1);
  });

  it('takes less than a megabyte for a thousand stored decisions', () => {
    const texts = Array.from(
      { length: 1_000 },
      (_, at) =>
        `comment number ${at} about ${'abcdefghij'.charAt(at % 10)}${at * 7919} and the weather of the week in ${at} towns`,
    );
    const bytes = texts.map((text) => encodeSiteExample(makeSiteExample(readComment(text).whole, 1)).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
  });

  it('says when a stored example is cut short', () => {
    expect(() => decodeSiteExample(Uint8Array.of(1, 9))).toThrow('cut short');
  });
});
