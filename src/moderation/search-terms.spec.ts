import fc from 'fast-check';
import { parseSearch, printSearch } from './search-terms.js';

/** As `-author:"Ada L"`, so that a table can be read. */
function described(text: string): string[] {
  return parseSearch(text).map(({ field, value, isExcluded }) => `${isExcluded ? 'not ' : ''}${field} ${value}`);
}

describe('parseSearch', () => {
  it.each([
    ['', []],
    ['  \t ', []],
    ['casino', ['text casino']],
    ['  big   red car ', ['text big', 'text red', 'text car']],
    ['"big red" car', ['text big red', 'text car']],
    ['author:ada', ['author ada']],
    ['Author:Ada', ['author Ada']],
    ['author:"Ada Lovelace" rest', ['author Ada Lovelace', 'text rest']],
    ['email:@example.org', ['email @example.org']],
    ['link:example.com', ['link example.com']],
    ['article:/a/path', ['article /a/path']],
    ['article:"a title"', ['article a title']],
    ['site:blog', ['site blog']],
    ['-casino', ['not text casino']],
    ['-"big red"', ['not text big red']],
    ['-author:ada', ['not author ada']],
    ['-link:"example.com"', ['not link example.com']],
  ])('reads %j', (text, expected) => {
    expect(described(text)).toEqual(expected);
  });

  it.each([
    ['12:30', ['text 12:30']],
    ['http://example.com/a', ['text http://example.com/a']],
    ['unknown:x', ['text unknown:x']],
    ['author:', ['text author:']],
    ['author: ada', ['text author:', 'text ada']],
    ['-author:', ['not text author:']],
    ['author:""', ['author ""']],
    ['-', ['text -']],
    ['--', ['text --']],
    ['--casino', ['text --casino']],
    ['"never closed', ['text "never', 'text closed']],
    ['"yes";', ['text "yes";']],
    ['5" pipe', ['text 5"', 'text pipe']],
    ['""', ['text ""']],
    ['" "', ['text "', 'text "']],
    ['a"b c"d', ['text a"b', 'text c"d']],
    ['my-author:ada', ['text my-author:ada']],
    ['C:\\Users', ['text C:\\Users']],
    ['我喜欢', ['text 我喜欢']],
  ])('takes what is no grammar for words: %j', (text, expected) => {
    expect(described(text)).toEqual(expected);
  });

  it('reads any text, and what is printed of it as the same', () => {
    const piece = fc.constantFrom(
      '"',
      '-',
      ':',
      ' ',
      '\t',
      'author:',
      'link:',
      'site:',
      'a',
      'b',
      '\\',
      '%',
      '"a b"',
      '\u3000',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const terms = parseSearch(text);
        expect(parseSearch(printSearch(terms))).toEqual(terms);
        expect(terms.filter(({ value }) => value.trim() === '')).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses no word of a text without grammar', () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'é', '喜', '.', '%', '1'), minLength: 1, maxLength: 5 }),
    );
    fc.assert(
      fc.property(words, (list) => {
        expect(parseSearch(list.join(' ')).map(({ value }) => value)).toEqual(list);
      }),
    );
  });
});
