// What an owner has chosen for the widget on their page, as it stands in the address of the page that shows it.
import { readArticleKey } from '../../comments/article-key.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import type { Attributes } from './embed-snippets.js';

export const THEMES = [
  ['', 'As the page'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Those the widget speaks, by their own names. */
export const LANGUAGES = [
  ['', 'As the page'],
  ['ar', 'العربية'],
  ['de', 'Deutsch'],
  ['en', 'English'],
  ['es', 'Español'],
  ['fr', 'Français'],
  ['id', 'Bahasa Indonesia'],
  ['pt', 'Português'],
  ['ru', 'Русский'],
  ['zh', '简体中文'],
] as const;

export const ORDERS = [
  ['', 'Oldest first'],
  ['newest', 'Newest first'],
] as const;

type Options = readonly (readonly [value: string, words: string])[];

export interface EmbedChoices {
  /** Empty: the path of the page the widget stands on. */
  readonly article: string;
  readonly theme: string;
  readonly lang: string;
  readonly sort: string;
}

/** What is none of the choices is the first of them. @throws Problem `malformed-path` for a key that none can be */
export function readEmbedChoices(raw: RawQuery): EmbedChoices {
  const article = readOne(raw, 'article')?.trim() ?? '';
  const chosen = (name: string, options: Options): string =>
    options.find(([value]) => value === readOne(raw, name))?.[0] ?? '';
  return {
    article: article === '' ? '' : readArticleKey(article),
    theme: chosen('theme', THEMES),
    lang: chosen('lang', LANGUAGES),
    sort: chosen('sort', ORDERS),
  };
}

export function describeChoices(choices: EmbedChoices): string {
  const chosen = Object.entries(choices).filter(([, value]) => value !== '');
  return chosen.length === 0 ? '' : `?${new URLSearchParams(chosen).toString()}`;
}

export function widgetAttributes(site: string, { article, theme, lang, sort }: EmbedChoices): Attributes {
  return { site, article, theme, lang, sort };
}
