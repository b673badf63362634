import fc from 'fast-check';
import { patternOf } from './mark-words.js';

const found = (text: string, ...words: string[]): string[] =>
  [...text.matchAll(patternOf(words) ?? /$^/g)].map(([word]) => word);

describe('a telling word', () => {
  it('is found whatever its case, and not inside another', () => {
    expect(found('At the gate, at noon', 'at')).toEqual(['At', 'at']);
    expect(found('Привет, приветик', 'привет')).toEqual(['Привет']);
  });

  it('is found inside a line of a script without spaces', () => {
    expect(found('不用去赌场玩', '赌场')).toEqual(['赌场']);
  });

  it('is the longest of those that begin at one place', () => {
    expect(found('cheap pills here', 'cheap', 'cheap pills')).toEqual(['cheap pills']);
  });

  it('stands for itself, whatever signs are in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (word) => {
        fc.pre(word.trim() !== '');
        expect(found(`— ${word} —`, word).join('')).toContain(word);
      }),
    );
  });

  it('is nothing where none are named', () => {
    expect(patternOf([])).toBeNull();
    expect(patternOf([' '])).toBeNull();
  });
});
