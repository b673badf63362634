// The last look at values that come from strangers, just before they are written. Addresses are normalised when they are
// stored; an older row or an import that went around that must still not put `javascript:` into a feed reader.

/** The address in its normal form (WHATWG URL, all ASCII) when it is an absolute http or https one, else null. */
export function webAddress(url: string | null): string | null {
  if (url === null || !/^https?:\/\/[^\s/\\?#]/i.test(url)) return null;
  // Not `URL.canParse`: compiled by Node 20, it answers false for letters of Latin-1.
  try {
    return new URL(url).href;
  } catch {
    return null;
  }
}

/** The language when it has the shape of a BCP 47 tag, else null: anything else makes `xml:lang` invalid. */
export function languageTag(language: string | null): string | null {
  return language !== null && /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,8}$/i.test(language) ? language : null;
}
