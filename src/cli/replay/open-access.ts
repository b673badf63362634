import type { NewApiKeyView } from '../../administration/api-key.view.js';
import type { Scope } from '../../platform/http/access.js';
import { CommandFault } from '../command-fault.js';
import { askPatiently, type Wait } from './patience.js';
import type { Credentials, ReplayOptions } from './replay-options.js';
import { problemCode, ServiceClient, type Answer } from './service-client.js';

/** A service opened with a key; closing it removes what was made for the run. */
export interface Access {
  readonly service: ServiceClient;
  /** Whether the key may read the moderators' lists. */
  readonly canReadModeration: boolean;
  /** @returns a sentence for what could not be removed, or null */
  close(): Promise<string | null>;
}

const SCOPES: readonly Scope[] = ['comments:write', 'moderation:read'];

/** @throws CommandFault when the service does not answer, or does not know the site, the key or the person */
export async function openAccess(options: ReplayOptions, run: string, wait: Wait): Promise<Access> {
  const { credentials, site, url } = options;
  const anonymous = new ServiceClient(url);
  if (credentials === null) throw new CommandFault(explainCredentials(options));
  if (credentials.kind === 'password') return makeKey(anonymous, site, credentials, run, wait);
  const service = anonymous.withKey(credentials.key);
  const canReadModeration = await mayReadModeration(service, site, wait);
  return { service, canReadModeration, close: () => Promise.resolve(null) };
}

async function mayReadModeration(service: ServiceClient, site: string, wait: Wait): Promise<boolean> {
  const answer = await askPatiently(() => service.get(`${sitePath(site)}/moderation/summary`), wait);
  if (answer.status === 403) return false;
  if (answer.status === 200) return true;
  throw new CommandFault(explainRefusal(answer, service.url, site));
}

async function makeKey(
  anonymous: ServiceClient,
  site: string,
  { email, password }: Extract<Credentials, { kind: 'password' }>,
  run: string,
  wait: Wait,
): Promise<Access> {
  const signedIn = await askPatiently(() => anonymous.post('/v1/session', { email, password }), wait);
  const cookie = signedIn.cookies[0]?.split(';')[0];
  if (signedIn.status !== 200 || cookie === undefined) {
    throw new CommandFault(explainRefusal(signedIn, anonymous.url, site));
  }
  const person = anonymous.withCookie(cookie);
  const body = { name: `winnow replay ${run}`, scopes: SCOPES };
  const made = await person.post(`${sitePath(site)}/api-keys`, body);
  if (made.status !== 201) {
    await person.delete('/v1/session');
    throw new CommandFault(explainRefusal(made, anonymous.url, site));
  }
  const { id, key } = made.body as NewApiKeyView;
  return {
    service: anonymous.withKey(key),
    canReadModeration: true,
    close: async () => {
      const removed = await person.delete(`${sitePath(site)}/api-keys/${id}`);
      await person.delete('/v1/session');
      return removed.status === 204 ? null : `The API key "${body.name}" could not be removed; remove it by hand.`;
    },
  };
}

function sitePath(site: string): string {
  return `/v1/sites/${encodeURIComponent(site)}`;
}

function explainRefusal(answer: Answer, url: string, site: string): string {
  const code = problemCode(answer);
  if (code === 'no-answer') {
    return `Nothing answers at ${url} (${answer.detail}). Start the service by npm start, or name it by --url.`;
  }
  if (code === 'site-not-found') return `At ${url} there is no site "${site}" that these credentials open.`;
  if (code === 'not-signed-in') return `The service at ${url} does not know this API key.`;
  if (code === 'wrong-credentials') return 'The e-mail address or the password is wrong.';
  if (code === 'forbidden') return `Only an owner of the site "${site}" or an operator may make the key for the run.`;
  if (code === 'http-404' || code === 'http-200') return `What answers at ${url} is not Winnow.`;
  return `The service at ${url} refused: ${code} (${answer.detail}).`;
}

/** What to type next, with the values of this call put in. */
function explainCredentials({ url, site, files }: ReplayOptions): string {
  const same = [...files, '--url', url, '--site', site].map(quoteForShell).join(' ');
  return `an API key or a password is needed.

Sign in for this run (the log of the first start shows the password; a key is made for the run and removed after it):

  WINNOW_PASSWORD='<password>' npm run replay -- ${same} --email admin@localhost

or make a key that stays, in two steps:

  curl -s -c winnow.cookie -H 'content-type: application/json' \\
    -d '{"email":"admin@localhost","password":"<password>"}' ${url}/v1/session
  curl -s -b winnow.cookie -H 'content-type: application/json' \\
    -d '${JSON.stringify({ name: 'replay', scopes: SCOPES })}' ${url}${sitePath(site)}/api-keys

and give what stands under "key":

  WINNOW_API_KEY=<key> npm run replay -- ${same}`;
}

/** POSIX shell: between single quotes nothing but a single quote means anything. */
function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
