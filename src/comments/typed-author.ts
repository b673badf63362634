// The author of a comment as it is kept: what was typed, in the form in which it can be compared.
import { checkEmailFormat } from '../lib/email/email-format.js';
import { safeHttpUrl } from '../lib/markup/safe-url.js';

export interface TypedAuthor {
  readonly name: string;
  readonly email: string;
  readonly url?: string | undefined;
}

export interface KeptAuthor {
  readonly name: string;
  readonly email: string;
  readonly url: string | null;
}

export function keptAuthor({ name, email, url }: TypedAuthor): KeptAuthor {
  const result = checkEmailFormat(email);
  return { name, email: result.ok ? result.email.address : email, url: url ? safeHttpUrl(url) : null };
}

/** One author, however the address is typed. */
export function authorKey({ email }: Pick<KeptAuthor, 'email'>): string {
  return email.toLowerCase();
}
