import { expectProblem } from '../support/problems.js';
import { SERVICE_ROUTES, type ServiceRoute } from '../support/routes.js';
import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const ROLES = ['viewer', 'moderator', 'owner'] as const;
const SCOPES = ['comments:write', 'moderation:read', 'moderation:write', 'site:admin'] as const;

let service: TestService;
let operator: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
});

afterAll(() => service.close());

function call(client: TestClient, { method, path, body }: ServiceRoute, headers = {}): Promise<Answer> {
  return client.request(method, path, body, headers);
}

/** Let in; what is asked for may be nothing. */
function expectLetIn({ status }: Answer, { method, path }: ServiceRoute): void {
  const isLetIn = [200, 201, 204, 404, 422].includes(status);
  expect({ method, path, status, isLetIn }).toEqual({ method, path, status, isLetIn: true });
}

describe('the routes of no one site', () => {
  it('are 401 for a stranger and for a wrong key', async () => {
    for (const route of SERVICE_ROUTES) {
      for (const client of [service.anonymous, service.anonymous.withKey('wnw_wrong')]) {
        const answer = await call(client, route);
        expectProblem(answer, 401, 'not-signed-in');
        expect(answer.headers.get('www-authenticate')).toMatch(/\S/);
      }
    }
  });

  it('let an operator in everywhere', async () => {
    for (const route of SERVICE_ROUTES) expectLetIn(await call(operator, route), route);
  });

  it.each(ROLES)('let a person who is %s somewhere in, but for what is the operators’', async (role) => {
    const client = await signInMember(service, `${role}@service.test`, { blog: role });
    for (const route of SERVICE_ROUTES) {
      const answer = await call(client, route);
      if (route.may === 'operator') expectProblem(answer, 403, 'forbidden');
      else expectLetIn(answer, route);
    }
  });

  it.each(SCOPES)('let a key with %s in by that scope alone', async (scope) => {
    const key = await site.apiKey(scope);
    for (const route of SERVICE_ROUTES) {
      const answer = await call(key, route);
      if (route.may === scope) expectLetIn(answer, route);
      else expectProblem(answer, 403, 'forbidden');
    }
  });

  it('refuse a page of another site whatever would change something', async () => {
    for (const route of SERVICE_ROUTES.filter(({ method }) => method !== 'GET')) {
      expectProblem(await call(operator, route, { origin: 'https://evil.example' }), 403, 'cross-site-request');
    }
  });
});
