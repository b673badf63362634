/**
 * Every problem a client can meet: its code, the HTTP status, a title and what to do next.
 * The answer is `application/problem+json` (RFC 9457); `code` is what programs compare.
 */
export const PROBLEMS = {
  'malformed-body': {
    status: 400,
    title: 'The body cannot be read',
    help: 'Send well-formed JSON in UTF-8, or a form.',
  },
  'malformed-request': {
    status: 400,
    title: 'This is no HTTP request',
    help: 'Check the request line and the headers.',
  },
  'malformed-path': {
    status: 400,
    title: 'The address is malformed',
    help: 'Percent-encode the parts of the path in UTF-8.',
  },
  'malformed-query': {
    status: 400,
    title: 'A query parameter is wrong',
    help: 'Mend the parameter that `detail` names.',
  },
  'invalid-cursor': {
    status: 400,
    title: 'The cursor is not valid',
    help: 'Start again without a cursor, with the same filters.',
  },
  'search-too-wide': {
    status: 400,
    title: 'The search goes over too many sites',
    help: 'Name some of the sites with `site`, or search for a rarer text.',
  },
  'not-signed-in': {
    status: 401,
    title: 'Sign in first',
    help: 'Sign in at POST /v1/session, or send an API key as a bearer token.',
  },
  'wrong-credentials': { status: 401, title: 'E-mail address or password is wrong', help: 'Check both and try again.' },
  'wrong-password': { status: 403, title: 'The current password is wrong', help: 'Check it and try again.' },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    help: 'Ask an owner of the site for the role or an API key with the scope.',
  },
  'origin-not-registered': {
    status: 403,
    title: 'This origin may not post here',
    help: 'Add the origin to the settings of the site.',
  },
  'cross-site-request': {
    status: 403,
    title: 'Refused: the request came from another site',
    help: 'Send it from the page of the service itself.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    help: 'Check the address.',
  },
  'site-not-found': { status: 404, title: 'No such site', help: 'Check the key of the site.' },
  'article-not-found': { status: 404, title: 'No such article', help: 'Check the key of the article.' },
  'comment-not-found': { status: 404, title: 'No such comment', help: 'It may have been purged; reload the list.' },
  'campaign-not-found': {
    status: 404,
    title: 'No such campaign',
    help: 'Its comments may have been purged; list the campaigns again.',
  },
  'receipt-not-found': { status: 404, title: 'No such receipt', help: 'Use the receipt exactly as it was given.' },
  'api-key-not-found': { status: 404, title: 'No such API key', help: 'List the keys of the site.' },
  'account-not-found': {
    status: 404,
    title: 'No such account',
    help: 'List the members of the site, or the operators.',
  },
  'member-not-found': { status: 404, title: 'No such member', help: 'List the members of the site.' },
  'invitation-not-found': {
    status: 404,
    title: 'This invitation opens nothing',
    help: 'It was used or withdrawn, or it has expired; ask for a new one.',
  },
  'password-reset-not-found': {
    status: 404,
    title: 'This link opens nothing',
    help: 'It was used, or it has expired; ask an operator for a new one.',
  },
  'job-not-found': { status: 404, title: 'No such job', help: 'List the jobs of the site.' },
  'rule-not-found': { status: 404, title: 'No such rule', help: 'List the rules of the site.' },
  'note-not-found': { status: 404, title: 'No such note', help: 'Read the notes again; it may be deleted.' },
  'session-not-found': { status: 404, title: 'No such session', help: 'It may have ended; list the sessions again.' },
  'method-not-allowed': {
    status: 405,
    title: 'This method does not work here',
    help: 'The `Allow` header lists those that do.',
  },
  'article-closed': { status: 409, title: 'Comments are closed', help: 'The article takes no new comments.' },
  'move-refused': {
    status: 409,
    title: 'This action is not possible now',
    help: 'Reload the comment and look at its status.',
  },
  'comment-not-published': {
    status: 409,
    title: 'Readers do not see this comment',
    help: 'Publish it first, then reply.',
  },
  'name-not-public': {
    status: 409,
    title: 'Your name would publish an address',
    help: 'Give your account a name without an @, then reply.',
  },
  'edit-too-late': {
    status: 409,
    title: 'The time to edit this comment is over',
    help: 'Delete it and write a new one.',
  },
  'nothing-to-undo': {
    status: 409,
    title: 'There is no decision to undo',
    help: 'Only the last decision of a person can be undone.',
  },
  'idempotency-key-in-flight': {
    status: 409,
    title: 'The first request with this key is still running',
    help: 'Repeat it in a moment.',
  },
  'site-key-taken': { status: 409, title: 'This key is taken', help: 'Choose another key for the site.' },
  'too-many-rules': {
    status: 409,
    title: 'The site has as many rules as it can have',
    help: 'Remove rules first, or let one say what several do.',
  },
  'too-many-notes': {
    status: 409,
    title: 'There are as many notes here as there can be',
    help: 'Delete some that nobody needs any more.',
  },
  'author-unknown': {
    status: 409,
    title: 'This comment has no author’s address',
    help: 'Choose another comment of the same author: this one was deleted, or its address names nobody.',
  },
  'nothing-matches': {
    status: 409,
    title: 'Nothing matches',
    help: 'Load the list again: no site has comments left that this would decide.',
  },
  'too-many-jobs': {
    status: 409,
    title: 'The site has as many unfinished jobs as it can have',
    help: 'Wait until one of them is done, or stop one.',
  },
  'job-not-finished': {
    status: 409,
    title: 'The job is not finished',
    help: 'Stop it first, or wait until it is done.',
  },
  'account-exists': {
    status: 409,
    title: 'This address has an account',
    help: 'Sign in as that account first, or send its password.',
  },
  'already-member': {
    status: 409,
    title: 'This person is in already',
    help: 'Change their role in the list of members; an operator has none.',
  },
  'last-owner': {
    status: 409,
    title: 'A site keeps an owner',
    help: 'Make somebody else an owner first, or ask an operator to do it.',
  },
  'last-operator': {
    status: 409,
    title: 'The service keeps an operator',
    help: 'Invite another operator first.',
  },
  'version-conflict': { status: 412, title: 'Somebody was faster', help: 'Reload the comment and decide again.' },
  'body-too-large': { status: 413, title: 'The request is too large', help: 'A request is at most 256 KiB.' },
  'uri-too-long': { status: 414, title: 'The address is too long', help: 'Shorten the address.' },
  'unsupported-media-type': {
    status: 415,
    title: 'This kind of body is not understood',
    help: 'Send application/json, uncompressed; a submission may also be a form.',
  },
  'invalid-body': { status: 422, title: 'The body is not valid', help: 'Mend the members that `errors` names.' },
  'idempotency-key-reused': {
    status: 422,
    title: 'This key was used with another payload',
    help: 'Take a new Idempotency-Key for a new comment.',
  },
  'invalid-idempotency-key': {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    help: 'Send 1 to 255 visible ASCII characters, quoted or bare.',
  },
  'too-many-requests': { status: 429, title: 'Too many requests', help: 'Wait as long as `Retry-After` says.' },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    help: 'Try again; tell the operator the request id.',
  },
  unavailable: { status: 503, title: 'The service cannot do this right now', help: 'Try again as `Retry-After` says.' },
} as const satisfies Record<string, { status: number; title: string; help: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
