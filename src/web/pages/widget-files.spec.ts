import { readdirSync, readFileSync } from 'node:fs';

type Texts = Record<string, string | Record<string, string>>;

const FOLDER = new URL('../widget/languages/', import.meta.url);
const PLURALS = ['count', 'fresh'];

const read = (file: string): Texts => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Texts;
const languages = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
const english = read('en.json');

/** Every sentence with its place; the plural forms of one sentence count as one, of the form that all languages have. */
function sentences(texts: Texts): [place: string, sentence: string][] {
  return Object.entries(texts).flatMap(([name, text]): [string, string][] => {
    if (typeof text === 'string') return [[name, text]];
    if (PLURALS.includes(name)) return [[name, text.other ?? '']];
    return Object.entries(text).map(([part, sentence]) => [`${name}.${part}`, sentence]);
  });
}

const holes = (sentence: string): string[] => sentence.match(/\{\w+\}/g) ?? [];

it('are the nine that the widget promises', () => {
  expect(languages).toEqual(['ar', 'de', 'en', 'es', 'fr', 'id', 'pt', 'ru', 'zh']);
});

describe.each(languages)('the texts of %s', (language) => {
  const texts = read(`${language}.json`);

  it('say everything that the English ones say, with the same values in it', () => {
    const shape = (of: Texts): [string, string[]][] => sentences(of).map(([place, text]) => [place, holes(text)]);
    expect(shape(texts)).toEqual(shape(english));
    expect(sentences(texts).filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it.each(PLURALS)('have every plural form of %s', (name) => {
    const forms = Object.keys(texts[name] ?? {});
    const needed = [1, 2, 3, 5, 11, 21, 100, 1000].map((n) => new Intl.PluralRules(language).select(n));
    expect(needed.filter((form) => !forms.includes(form))).toEqual([]);
  });

  it('are its own', () => {
    if (language === 'en') return;
    const same = sentences(texts).filter(
      ([place, sentence]) => sentence.length > 8 && sentence === Object.fromEntries(sentences(english))[place],
    );
    expect(same).toEqual([]);
  });
});
