/**
 * Rules that JSON Schema does not say, or not in a way that every language understands: a body that only these refuse
 * may fit its schema. The descriptions say them in words.
 */
const BEYOND_SCHEMA: Readonly<Record<string, string>> = {
  'no-nul': 'text without U+0000',
  'well-formed': 'text without lone surrogates',
  'not-blank': 'text with a character that can be seen, by the tables of Unicode',
  'email-format': 'the whole grammar of an address',
  common: 'a password that many people use',
  'http-url': 'what the URL standard makes of it',
  origin: 'what the URL standard makes of it',
  'published-parent': 'what the database knows',
  'reserved-name': 'what the owner of the site chose',
  'acceptInvitation /name required': 'whether the address has an account',
  'acceptInvitation /password length': 'whether the address has an account',
  'rule-value': 'what the field and the match of a rule make of it',
  'rule-match': 'two members compared',
  'queue-filter': 'what the queue’s query makes of it',
  order: 'two members compared',
  size: 'members of all objects counted together',
  depth: 'brackets counted',
  arrayUnique: 'ids that differ only in capital letters',
};

export function isBeyondSchema(operationId: string, pointer: string, rule: string): boolean {
  return rule in BEYOND_SCHEMA || `${operationId} ${pointer} ${rule}` in BEYOND_SCHEMA;
}

/** Queries that are refused for what JSON Schema does not say of parameters; their descriptions say it in words. */
const BEYOND_PARAMETERS: readonly { readonly rule: string; readonly isBroken: (query: URLSearchParams) => boolean }[] =
  [
    {
      rule: 'two parameters compared',
      isBroken: (query) => query.get('sort') === 'doubtful' && (query.get('status') ?? 'pending') !== 'pending',
    },
    { rule: 'the grammar of a search', isBroken: (query) => /(^|\s)-?site:\S/i.test(query.get('q') ?? '') },
    { rule: 'words of a search counted', isBroken: (query) => (query.get('q') ?? '').trim().split(/\s+/).length > 20 },
  ];

export function isQueryBeyondSchema(path: string): boolean {
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  return BEYOND_PARAMETERS.some(({ isBroken }) => isBroken(query));
}
