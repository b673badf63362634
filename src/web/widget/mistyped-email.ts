// Points out a mistyped provider before the comment is sent. The service knows many more and says so in its answer.

const PROVIDERS = 'gmail.com googlemail.com hotmail.com outlook.com yahoo.com icloud.com protonmail.com yandex.ru';

/** The address that was meant, or null. The first letter counts as right: `ymail.com` is a provider of its own. */
export function findMistypedEmail(email: string): string | null {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const meant = PROVIDERS.split(' ').find((provider) => isOneSlip(provider, domain));
  return local === '' || meant === undefined ? null : `${email.split('@')[0] ?? ''}@${meant}`;
}

/** One letter too few, too many or wrong, or two neighbours swapped, but not the first letter. */
function isOneSlip(meant: string, typed: string): boolean {
  let start = 0;
  while (start < meant.length && meant[start] === typed[start]) start++;
  let end = 0;
  while (end < Math.min(meant.length, typed.length) - start && meant.at(-1 - end) === typed.at(-1 - end)) end++;
  const [left, right] = [meant, typed].map((text) => text.slice(start, text.length - end)) as [string, string];
  const isSwap = left.length === 2 && left === right.slice(1) + right.slice(0, 1);
  return start > 0 && meant !== typed && (isSwap || (left.length < 2 && right.length < 2));
}
