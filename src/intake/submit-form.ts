/** The form's flat fields as the JSON body would be; empty fields are left out, unknown ones ignored. */
export function formToBody(form: unknown): { body: unknown; redirect: string | null } {
  const fields = (typeof form === 'object' && form !== null ? form : {}) as Record<string, string | undefined>;
  const filled = (name: string): string | undefined => (fields[name] === '' ? undefined : fields[name]);
  const optional: Record<string, string> = {};
  for (const name of ['parentId', 'articleUrl', 'articleTitle', 'language', 'formToken', 'proof', 'website']) {
    const value = filled(name);
    if (value !== undefined) optional[name] = value;
  }
  const url = filled('url');
  const author = { name: fields.name ?? '', email: fields.email ?? '', ...(url !== undefined && { url }) };
  return { body: { ...optional, author, body: fields.body ?? '' }, redirect: filled('redirect') ?? null };
}
