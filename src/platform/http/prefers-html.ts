/** Whether `Accept` (RFC 9110, 12.5.1) asks for HTML rather than for JSON. Programs that say nothing get JSON. */
export function prefersHtml(accept: string | undefined): boolean {
  const ranges = (accept ?? '').split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, q: q === undefined ? 1 : Number(q.slice(2)) || 0 };
  });
  const quality = (wanted: string): number =>
    Math.max(0, ...ranges.filter(({ type }) => type === wanted).map(({ q }) => q));
  return quality('text/html') > quality('application/json');
}
