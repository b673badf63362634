// The headers that keep an answer from being taken for something else: by a page that is not ours, by a browser that
// guesses, by a network that listens. Pages put a policy of their own in the place of the one here.

/** Browsers come back over https alone for a year. Not for the hosts below this one: they may be somebody else's. */
const HTTPS_ONLY = ['strict-transport-security', 'max-age=31536000'] as const;

/**
 * What stands on every answer, whatever it is, names and values in one flat list: an answer that is no page loads nothing,
 * runs nothing and stands in no frame, should a browser show it as one.
 * @param reach which pages may load it without asking (`Cross-Origin-Resource-Policy`)
 */
export function securityHeaders(publicUrl: string, reach: 'same-origin' | 'cross-origin' = 'same-origin'): string[] {
  return [
    ...['x-content-type-options', 'nosniff'],
    ...[
      'content-security-policy',
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
    ],
    ...['referrer-policy', 'no-referrer'],
    ...['cross-origin-resource-policy', reach],
    ...(publicUrl.startsWith('https:') ? HTTPS_ONLY : []),
  ];
}

/** What a flat list says, for those who take an object. */
export function asObject(flat: readonly string[]): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (let at = 0; at < flat.length; at += 2) pairs[flat[at] ?? ''] = flat[at + 1] ?? '';
  return pairs;
}
