// Who may call what: one table, and every kind of caller on every operation of /openapi.json. Nothing is read off the
// routes here, so that a change of what one demands is seen. What is in the path exists nowhere: only whether one is let
// in is asked.
import type { OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import { operationsOf, pathWith, type Described } from '../support/described.js';
import { EventStream } from '../support/event-stream.js';
import { asSuperuser, signInMember, type Role } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const ROLES = ['viewer', 'moderator', 'owner'] as const;
const SCOPES = ['comments:write', 'moderation:read', 'moderation:write', 'site:admin'] as const;
const CALLERS = ['anonymous', 'stranger', ...ROLES, 'operator', ...SCOPES] as const;
type Caller = (typeof CALLERS)[number];

interface Needs {
  /** Of a person: nothing at all, an account, that of an operator, or a role on the site in the path or on any. */
  readonly person: 'nothing' | 'account' | 'operator' | 'moderator anywhere' | Role;
  /** Of an API key of the site. */
  readonly scope?: (typeof SCOPES)[number];
  readonly operations: string;
}

const TABLE: readonly Needs[] = [
  {
    person: 'nothing',
    operations: `askToSubmitComment readThread prepareForm readReceipt editOwnComment deleteOwnComment
      askToChangeOwnComment reportComment askToReportComment countComments readArticleJsonFeed readArticleAtomFeed
      readArticleRssFeed readArticleHtmlFeed readSiteJsonFeed readSiteAtomFeed readSiteRssFeed signIn lookAtInvitation
      acceptInvitation lookAtPasswordReset acceptPasswordReset isAlive isReady readMetrics readDescription`,
  },
  // Readers have no key; one that comes along must be made for it.
  { person: 'nothing', scope: 'comments:write', operations: 'submitComment' },
  {
    person: 'account',
    operations: `listSites whoAmI signOut readAccount changeAccount changePassword listSessions endOtherSessions
      endSession`,
  },
  {
    person: 'account',
    scope: 'moderation:read',
    operations: `readJobGroup listQueueAcrossSites readCommentOfAnySite summariseQueueAcrossSites listFacetsAcrossSites
      followQueueAcrossSites listCampaignsAcrossSites`,
  },
  {
    person: 'account',
    scope: 'moderation:write',
    operations: 'stopJobGroup undoJobGroup decideCampaignsAcrossSites decideAcrossSites',
  },
  { person: 'moderator anywhere', scope: 'moderation:write', operations: 'makeJobGroup' },
  {
    person: 'operator',
    operations: `makeSite listOperators dismissOperator listOperatorInvitations inviteOperator
      withdrawOperatorInvitation makePasswordReset`,
  },
  {
    person: 'viewer',
    scope: 'moderation:read',
    operations: `listQueue listArticleQueue readComment listFacets readThreadContext summariseQueue previewComment
      readFilterReport followQueue listCampaigns listNotesOnComment listNotesOnAuthor listJobs readJob listJobResults`,
  },
  { person: 'moderator', scope: 'moderation:read', operations: 'listRules testRule readRule' },
  {
    person: 'moderator',
    scope: 'moderation:write',
    operations: `editComment decideMany decideCampaign approveComment rejectComment publishComment unpublishComment
      spamComment restoreComment undoDecision deleteComment claimComment releaseComment writeNoteOnComment
      deleteNoteOnComment writeNoteOnAuthor deleteNoteOnAuthor setAuthorStanding makeJob stopJob undoJob`,
  },
  // A reply bears a person's name.
  { person: 'moderator', operations: 'replyToComment' },
  { person: 'viewer', scope: 'site:admin', operations: 'readSite listArticles' },
  {
    person: 'owner',
    scope: 'site:admin',
    operations: `changeSite deleteSite changeArticle listMembers changeMember removeMember listInvitations inviteMember
      withdrawInvitation listActs listApiKeys makeApiKey revokeApiKey makeRule changeRule deleteRule exportPerson
      erasePerson`,
  },
];

/** After these the caller or the site is gone: each caller gets a site for them alone. */
const ENDINGS = ['deleteSite', 'signOut', 'endOtherSessions'];
const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

let service: TestService;
let operator: TestClient;
let operations: Described[];
let callers: Map<Caller, TestClient>;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  const site = await makeSite('matrix');
  callers = new Map();
  for (const caller of CALLERS) callers.set(caller, await clientOf(caller, site));
  operations = operationsOf((await operator.get<OpenApiDocument>('/openapi.json')).body);
}, 120_000);

afterAll(() => service.close());

function makeSite(key: string): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key });
}

async function clientOf(caller: Caller, site: TestSite): Promise<TestClient> {
  if (caller === 'anonymous') return service.anonymous;
  if (caller === 'operator') return signInOperator();
  const scope = SCOPES.find((one) => one === caller);
  if (scope) return site.apiKey(scope);
  const role = ROLES.find((one) => one === caller);
  return signInMember(service, `${caller}${String(++serial)}@matrix.test`, role ? { [site.key]: role } : {}, 'Mo');
}

/** Another than the one that makes the sites, whose sessions go on. */
async function signInOperator(): Promise<TestClient> {
  const email = `operator${String(++serial)}@matrix.test`;
  const client = await signInMember(service, email, {}, 'Op');
  await asSuperuser(service, 'update account set is_operator = true where email = $1', [email]);
  return client;
}

const idsOf = ({ operations: ids }: Needs): string[] => ids.trim().split(/\s+/);

type Expected = 'let in' | 'not-signed-in' | 'forbidden' | 'site-not-found';

function expectedOf({ person, scope }: Needs, caller: Caller): Expected {
  const isKey = SCOPES.some((one) => one === caller);
  if (person === 'nothing' && !(isKey && scope)) return 'let in';
  if (caller === 'anonymous') return 'not-signed-in';
  if (isKey) return scope === caller ? 'let in' : 'forbidden';
  if (caller === 'operator' || person === 'account') return 'let in';
  if (person === 'operator') return 'forbidden';
  const isAnywhere = person === 'moderator anywhere';
  if (caller === 'stranger') return isAnywhere ? 'forbidden' : 'site-not-found';
  const [held, needed] = [caller, isAnywhere ? 'moderator' : person].map((role) =>
    ROLES.findIndex((one) => one === role),
  );
  return held! >= needed! ? 'let in' : 'forbidden';
}

const REFUSALS = new Map<unknown, number>([
  ['not-signed-in', 401],
  ['forbidden', 403],
  ['site-not-found', 404],
]);

async function met(one: Described, caller: Caller, expected: Expected): Promise<string> {
  const site = ENDINGS.includes(one.id) ? await makeSite(`ending-${String(++serial)}`) : null;
  const client = site ? await clientOf(caller, site) : callers.get(caller)!;
  const names = Object.fromEntries(one.names.map((name) => [name, UNKNOWN]));
  const path = pathWith(one.path, { ...names, site: site?.key ?? 'matrix', article: '/a' });
  const isStream = one.path.endsWith('/events') && expected === 'let in';
  const { status, body } = await (isStream ? statusOfStream(client, path) : client.request(one.method, path, one.body));
  const code = (body as { code?: string } | null)?.code;
  return status === REFUSALS.get(code) ? String(code) : status < 500 ? 'let in' : String(status);
}

async function statusOfStream(client: TestClient, path: string): Promise<Pick<Answer, 'status' | 'body'>> {
  const { response } = await EventStream.open(client.url + path, client.credentials);
  response.destroy();
  return { status: response.statusCode ?? 0, body: {} };
}

it('the table has every operation once, and no other', () => {
  expect(TABLE.flatMap(idsOf).sort()).toEqual(operations.map(({ id }) => id).sort());
});

it.each(CALLERS)(
  '%s is let in where the table says, and nowhere else',
  async (caller) => {
    const wrong: unknown[] = [];
    for (const needs of TABLE) {
      const expected = expectedOf(needs, caller);
      for (const id of idsOf(needs)) {
        const found = await met(
          operations.find((one) => one.id === id)!,
          caller,
          expected,
        );
        if (found !== expected) wrong.push({ id, expected, found });
      }
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);
