// What the widget says, in the reader's language. The texts are fetched from the service, those of one language only.
import type english from './languages/en.json';
import { ask } from './service.js';

export type Texts = typeof english;
/** A sentence for each plural form that the language has. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>>;

const SPOKEN = ['ar', 'de', 'en', 'es', 'fr', 'id', 'pt', 'ru', 'zh'];

export class Speech {
  constructor(
    readonly language: string,
    readonly texts: Texts,
  ) {}

  get direction(): 'ltr' | 'rtl' {
    return this.language === 'ar' ? 'rtl' : 'ltr';
  }

  /** The sentence for so many, with the number as the language writes it. */
  plural(sentences: Plural, n: number): string {
    const form = new Intl.PluralRules(this.language).select(n);
    return fill(sentences[form] ?? sentences.other ?? '{n}', { n: n.toLocaleString(this.language) });
  }

  seconds(seconds: number): string {
    const [amount, unit] = seconds > 90 ? [Math.ceil(seconds / 60), 'minute'] : [seconds || 1, 'second'];
    return amount.toLocaleString(this.language, { style: 'unit', unit, unitDisplay: 'long' });
  }

  moment(iso: string): string {
    return new Date(iso).toLocaleString(this.language, { dateStyle: 'medium', timeStyle: 'short' });
  }
}

/** Puts values where a sentence names them: `{name}`. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const loading = new Map<string, Promise<Texts>>();

/**
 * In the first of the languages that we speak, else in English.
 * @throws Refusal when the texts do not come
 */
export async function loadSpeech(origin: string, wanted: readonly string[]): Promise<Speech> {
  const language = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => SPOKEN.includes(tag)) ?? 'en';
  const url = `${origin}/embed/${language}.json`;
  const texts = loading.get(url) ?? ask<Texts>(url, { cache: 'default' });
  loading.set(url, texts);
  texts.catch(() => loading.delete(url));
  return new Speech(language, await texts);
}
