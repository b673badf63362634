/**
 * An absolute URL, or null. Not `URL.canParse`: on Node 20 it answers false for addresses with letters of Latin-1
 * ("https://bücher.example") once it was called about a thousand times and the engine has compiled the fast path.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
