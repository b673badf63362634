// What an owner's words mean as a rule, and why some mean nothing. A rule that can match no comment is refused here, so
// that nobody trusts in it.
import { fold } from '../folding.js';
import { asAscii, readHost } from './hosts.js';
import { readNetwork } from './networks.js';
import { readPattern } from './patterns.js';
import type { RuleFault, RuleField, RuleTerms } from './rule.js';

export interface ReadRule {
  /** In the form in which it is compared; of an expression its source. */
  readonly value: string;
  /** Of the program of an expression, else 0. */
  readonly steps: number;
}

type Outcome = { readonly value: string } | { readonly detail: string };

const EMPTY = { detail: 'Nothing is left of this when spaces and invisible characters are taken out.' };

/** Never throws: what is wrong with the rule is the answer. */
export function readRule({ field, match, value }: RuleTerms): ReadRule | RuleFault {
  if (field === 'network' && match !== 'exact')
    return { member: 'match', detail: 'A network is matched as a whole: use `exact`.' };
  if (match === 'regex') {
    const pattern = readPattern(value);
    return 'steps' in pattern ? { value, steps: pattern.steps } : { member: 'value', detail: pattern.detail };
  }
  const outcome = match === 'exact' ? WHOLE[field](value) : readPart(field, value);
  return 'value' in outcome ? { value: outcome.value, steps: 0 } : { member: 'value', detail: outcome.detail };
}

/** How a value is read that stands for the whole. */
const WHOLE: Readonly<Record<RuleField, (value: string) => Outcome>> = {
  text: readWords,
  name: readWords,
  host: (value) => {
    const host = readHost(fold(value).trim());
    return host === null ? { detail: 'Write a host as casino.example, without port or path.' } : { value: host };
  },
  address: readAddress,
  network: (value) => {
    const read = readNetwork(value);
    return 'network' in read ? { value: read.network } : read;
  },
};

function readWords(value: string): Outcome {
  const folded = fold(value).trim();
  return folded === '' ? EMPTY : { value: folded };
}

/** A word of a host or an address, or its beginning. */
function readPart(field: RuleField, value: string): Outcome {
  const words = readWords(value);
  if (field === 'text' || field === 'name' || 'detail' in words) return words;
  if (/\s/.test(words.value)) return { detail: 'There is no space in a host or an address.' };
  if (field === 'address') return words;
  const part = words.value.replace(/^(?:https?:\/\/)?(?:www\.)?/, '');
  return /[/@]/.test(part) || part === ''
    ? { detail: 'Write a part of a host, such as casino, without a path.' }
    : { value: part };
}

/** `ada@mail.example` is one address, `@mail.example` all at this domain, `mail.example` all at it and below it. */
function readAddress(value: string): Outcome {
  const folded = fold(value).trim();
  const at = folded.lastIndexOf('@');
  const domain = readHost(folded.slice(at + 1));
  const local = folded.slice(0, Math.max(0, at));
  if (domain === null || /\s/.test(local) || domain !== asAscii(folded.slice(at + 1)))
    return { detail: 'Write an address as ada@mail.example, or a whole domain as @mail.example or mail.example.' };
  return { value: at < 0 ? domain : `${local}@${domain}` };
}
