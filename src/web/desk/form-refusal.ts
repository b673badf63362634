// What a form of the desk could not do because of what was typed or how things stand. Such a refusal is told on the page
// of the form, with its status; every other one is a page of its own, by PageProblems.
import type { FastifyReply } from 'fastify';
import { html, type Html } from '../../platform/pages/html.js';
import { PROBLEMS, type ProblemCode } from '../../platform/problem/problem-catalogue.js';
import { Problem } from '../../platform/problem/problem.js';
import { waitInWords } from '../pages/retry-page.js';

const SAYS: Partial<Record<ProblemCode, string>> = {
  'invalid-body': 'Nothing was changed yet. Please mend what is marked.',
  'wrong-credentials': 'The password is wrong.',
  'wrong-password': 'The current password is wrong. Nothing was changed.',
  'account-exists': 'There is an account with this address already: write its password.',
  'already-member': 'This person is in already. Their role can be changed in the list.',
  'last-owner': 'A site keeps an owner. Make somebody else an owner first.',
  'last-operator': 'The service keeps an operator. Invite another one first.',
  'site-key-taken': 'This key is taken. Choose another one.',
  'too-many-rules': 'The site has as many rules as it can have. Remove some first, or let one say what several do.',
  'article-not-found': 'There is no such article any more.',
  'too-many-requests': '',
};

export type Faults = Readonly<Record<string, string>>;

/** The refusal to be told beside the form; whatever else went wrong goes on its way. */
export function refusalOf(error: unknown, reply: FastifyReply): Problem {
  if (!(error instanceof Problem) || !(error.code in SAYS)) throw error;
  void reply.status(error.status).headers(error.extras.headers ?? {});
  return error;
}

export function alertOf(refusal: Problem | null): Html | null {
  return refusal && html`<p class="alert" role="alert">${refusalInWords(refusal)}</p>`;
}

export function refusalInWords({ code, extras }: Problem): string {
  if (code !== 'too-many-requests') return SAYS[code] ?? `${PROBLEMS[code].title}.`;
  return `Too many tries from here. Try again in ${waitInWords(Number(extras.headers?.['retry-after'] ?? 60))}.`;
}

/** One sentence for each field, by its JSON Pointer: the first is mended first. */
export function faultsOf(refusal: Problem | null): Faults {
  const faults: Record<string, string> = {};
  for (const { pointer, detail } of refusal?.extras.errors ?? []) faults[pointer] ??= detail;
  return faults;
}
