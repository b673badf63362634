import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { EventStream } from '../support/event-stream.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

/** Far below what a supervisor waits before it kills. */
const STOPPED_WITHIN_MS = 6_000;

async function dial(service: TestService): Promise<Socket> {
  const { hostname, port } = new URL(service.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** When it is late the clients go away, so that the next test finds a database of its own. */
async function expectStop(service: TestService, sockets: readonly Socket[] = []): Promise<void> {
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const start = performance.now();
  const overdue = setTimeout(hangUp, STOPPED_WITHIN_MS);
  await service.close();
  clearTimeout(overdue);
  hangUp();
  expect(performance.now() - start).toBeLessThan(STOPPED_WITHIN_MS);
}

describe('the service stops in time', () => {
  it('while browsers hold connections that they opened in advance and asked nothing on', async () => {
    const service = await startTestService();
    const sockets = await Promise.all([dial(service), dial(service)]);
    await expectStop(service, sockets);
  }, 30_000);

  it('while a request has begun and does not go on', async () => {
    const service = await startTestService();
    const socket = await dial(service);
    socket.write(
      'POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    await expectStop(service, [socket]);
  }, 30_000);

  it('while moderators listen to the queue, and ends what they hear', async () => {
    const service = await startTestService();
    const operator = await service.signIn();
    const site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
    const stream = await EventStream.open(service.url + site.path('/moderation/events'), operator.credentials);
    const ended = once(stream.response, 'close');
    await expectStop(service);
    await ended;
  }, 30_000);
});
