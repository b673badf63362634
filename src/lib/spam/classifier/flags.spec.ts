import { readFlags } from './flags.js';
import { takeApart } from './take-apart.js';

const flagsOf = (text: string): string[] => readFlags(takeApart(text));

describe('names with digits', () => {
  it.each([
    ['write to jalak4d, or mega888', 2],
    ['mega888x abc1def2', 2],
    ['ab1 1984 mega 888', 0],
    ['café24 привет2', 2],
  ])('in "%s" are counted', (text, count) => {
    expect(flagsOf(text)).toContain(`names with digits ${count}`);
  });

  it.each(['a', '赌', 'É', '𝒜'])('are looked for in ten thousand %s in a row at once', (letter) => {
    const startedAt = performance.now();
    flagsOf(`${letter.repeat(9_998)} 1`);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
