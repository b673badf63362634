import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  await TestSite.make(operator, service.anonymous, { key: 'blog', settings: { reservedNames: ['Ada Lovelace'] } });
  await TestSite.make(operator, service.anonymous, { key: 'open' });
});

afterAll(() => service.close());

function submit(name: string, site = 'blog', client: TestClient = service.anonymous): Promise<Answer> {
  const author = { name, email: 'reader@analytical.org' };
  return client.comment(site, '/post', { author, body: `Remark ${String(++serial)}.` });
}

describe('a name the site has reserved', () => {
  it.each(['Ada Lovelace', 'ADA  LOVELACE', 'ada_lovelace', 'Ad\u0430 Love\u200blace', 'Ada L0velace'])(
    'is refused to a reader who calls himself %j, who is told what to do',
    async (name) => {
      const answer = await submit(name);
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({
        code: 'invalid-body',
        errors: [
          { pointer: '/author/name', rule: 'reserved-name', detail: expect.stringContaining('another') as string },
        ],
      });
    },
  );

  it('leaves other names and other sites alone', async () => {
    expect((await submit('Ada')).status).toBe(202);
    expect((await submit('Ada Lovelace', 'open')).status).toBe(202);
  });

  it('may be taken by the program of the site itself', async () => {
    const made = await operator.request<{ key: string }>('POST', '/v1/sites/blog/api-keys', {
      name: 'site',
      scopes: ['comments:write'],
    });
    const program = service.anonymous.withKey(made.body.key);
    expect((await submit('Ada Lovelace', 'blog', program)).status).toBe(202);
  });

  it('is free again once it is taken off the list', async () => {
    await operator.request('PATCH', '/v1/sites/blog', { settings: { reservedNames: ['Grace Hopper'] } });
    expect((await submit('Ada Lovelace')).status).toBe(202);
    expect((await submit('grace hopper')).status).toBe(422);
  });
});
