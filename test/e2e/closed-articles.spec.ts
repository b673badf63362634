import { expectProblem } from '../support/problems.js';
import { asSuperuser } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

let service: TestService;
let operator: TestClient;
let site: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog', settings: { closeAfterDays: 3 } });
});

afterAll(() => service.close());

/** Makes the article look as if it had been made so long ago. */
async function age(article: string, interval: string): Promise<void> {
  await site.submit(article);
  await asSuperuser(service, `update article set created_at = now() - $2::interval where key = $1`, [
    article,
    interval,
  ]);
}

function submit(article: string): Promise<Answer> {
  return service.anonymous.comment('blog', article, { body: `Late remark ${String(++serial)}.` });
}

async function isOpen(article: string): Promise<boolean> {
  const path = site.articlePath(article, '/comments');
  return (await service.anonymous.get<{ article: { open: boolean } }>(path)).body.article.open;
}

describe('closeAfterDays', () => {
  it('leaves an article open until its days are over', async () => {
    await age('/young', '71 hours 59 minutes');
    expect((await submit('/young')).status).toBe(202);
    expect(await isOpen('/young')).toBe(true);
  });

  it('closes it then', async () => {
    await age('/old', '72 hours 1 minute');
    expectProblem(await submit('/old'), 409, 'article-closed');
    expect(await isOpen('/old')).toBe(false);
  });

  it('set to null closes nothing, and the next submission already knows', async () => {
    await age('/freed', '300 days');
    expectProblem(await submit('/freed'), 409, 'article-closed');
    await operator.request('PATCH', site.path(), { settings: { closeAfterDays: null } });
    expect((await submit('/freed')).status).toBe(202);
    await waitUntil(() => isOpen('/freed'), 'the thread says it is open');
    await operator.request('PATCH', site.path(), { settings: { closeAfterDays: 3 } });
    expectProblem(await submit('/freed'), 409, 'article-closed');
  });

  it.each([0, -1, 1.5, '7', 36_501])('cannot be %j', async (closeAfterDays) => {
    const answer = await operator.request('PATCH', site.path(), { settings: { closeAfterDays } });
    expectProblem(answer, 422, 'invalid-body');
  });
});
