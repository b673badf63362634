// Regular expressions of owners, by RE2: its time grows with the text, never with how cleverly text and expression were
// chosen for each other. Look-around and back-references, which would need that, are not in its language.
import { RE2JS, RE2JSException, RE2Set } from 're2js';

/** Steps of RE2's program. Each costs up to 20 ns for each letter of a text. */
export const MOST_STEPS = 200;
/** For all expressions of a site: the costliest set takes a tenth of a second for the longest text in one spelling. */
export const MOST_STEPS_OF_SITE = 500;
/** What a set may remember of the texts it has read; without a limit a stranger's texts could fill the memory. */
const MOST_MEMORY = 256 * 1024;

/** The size of an expression's program, or why it cannot be used. */
export function readPattern(source: string): { readonly steps: number } | { readonly detail: string } {
  try {
    const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
    const steps = compiled.programSize();
    if (steps > MOST_STEPS) {
      return {
        detail: `This expression is too large: ${steps} steps, at most ${MOST_STEPS}. Repeat less, or split it.`,
      };
    }
    if (compiled.test('')) return { detail: 'This expression is found in an empty text, and so in every comment.' };
    return { steps };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { detail: describe(error) };
  }
}

function describe({ message }: RE2JSException): string {
  const fault = message.replace(/^error parsing regexp: /, '').replace('`(?i)', '`');
  const hint = /unsupported Perl|named capture|escape sequence/.test(fault)
    ? ' Look-around and back-references do not exist here; the syntax is that of RE2.'
    : '';
  return `This is no regular expression: ${fault}.${hint}`;
}

/** Expressions that were read without a fault, looked for all at once, in any case. */
export class PatternSet<Owner> {
  readonly #set: RE2Set | null;
  readonly #owners: readonly Owner[];

  constructor(patterns: readonly { readonly source: string; readonly owner: Owner }[]) {
    this.#owners = patterns.map(({ owner }) => owner);
    this.#set = patterns.length === 0 ? null : new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE, MOST_MEMORY);
    for (const { source } of patterns) this.#set?.add(source);
  }

  get isEmpty(): boolean {
    return this.#set === null;
  }

  /** Adds the owner of every expression that is found in the text. */
  find(text: string, found: Set<Owner>): void {
    for (const place of this.#set?.match(text) ?? []) {
      const owner = this.#owners[place];
      if (owner !== undefined) found.add(owner);
    }
  }
}
