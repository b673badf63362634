import { isNginxThere, startNginx, type Nginx } from '../support/nginx.js';
import { RawConnection } from '../support/raw-connection.js';
import { SMUGGLED, SMUGGLED_ARTICLE } from '../support/smuggling.js';
import { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ TRUST_PROXY: '127.0.0.1' });
});
afterAll(() => service.close());

async function hiddenComments(): Promise<unknown[]> {
  const operator = await service.signIn();
  const path = `/v1/sites/demo/articles/${SMUGGLED_ARTICLE}/moderation/comments?status=received,pending,spam,published`;
  return (await operator.get<{ items?: unknown[] }>(path)).body.items ?? [];
}

describe('a request whose end can be seen in two places', () => {
  it.each(SMUGGLED)('with $name is 400, closes the connection and hides no other', async ({ bytes }) => {
    const connection = RawConnection.open(service.url);
    connection.send(bytes);
    await waitUntil(() => connection.isClosed, 'the service closes the connection');
    connection.destroy();
    expect({ statuses: connection.statuses, text: connection.received }).toEqual({
      statuses: [400],
      text: connection.received,
    });
  });

  it('has left nothing behind', async () => {
    expect(await hiddenComments()).toEqual([]);
  });
});

const ASKED_BESIDE = 5;

(isNginxThere ? describe : describe.skip)('behind the nginx of the guide', () => {
  let nginx: Nginx;

  beforeAll(async () => {
    nginx = await startNginx(service.url);
  });
  afterAll(() => nginx.stop());

  it('such a request is never answered to anybody else', async () => {
    const others = new TestClient(nginx.url);
    for (const { name, bytes } of SMUGGLED) {
      const connection = RawConnection.open(nginx.url);
      connection.send(bytes);
      await waitUntil(() => connection.statuses.length > 0 || connection.isClosed, 'nginx says something or hangs up');
      for (let turn = 0; turn < ASKED_BESIDE; turn++) {
        const article = `${name} ${turn}`;
        const answer = await others.get(`/v1/sites/demo/counts?article=${encodeURIComponent(article)}`);
        expect({ status: answer.status, text: answer.text }).toEqual({
          status: 200,
          text: expect.stringContaining(article) as string,
        });
      }
      connection.destroy();
    }
  });
});
