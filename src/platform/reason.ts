/** Why something failed, for a sentence to an operator. Node says nothing itself when every address of a name failed. */
export function reasonOf(thrown: unknown): string {
  const { message, code, errors } = (thrown ?? {}) as { message?: string; code?: string; errors?: unknown[] };
  if (message) return message;
  if (errors && errors.length > 0) return [...new Set(errors.map(reasonOf))].join('; ');
  return code ?? 'no reason given';
}
