/**
 * Rules that JSON Schema does not say, or not in a way that every language understands: a body that only these refuse
 * may fit its schema. The descriptions say them in words.
 */
export const BEYOND_SCHEMA: Readonly<Record<string, string>> = {
  'no-nul': 'text without U+0000',
  'well-formed': 'text without lone surrogates',
  'not-blank': 'text with a character that can be seen, by the tables of Unicode',
  'email-format': 'the whole grammar of an address',
  'http-url': 'what the URL standard makes of it',
  origin: 'what the URL standard makes of it',
  'published-parent': 'what the database knows',
  order: 'two members compared',
  size: 'members of all objects counted together',
  depth: 'brackets counted',
  arrayUnique: 'ids that differ only in capital letters',
};
