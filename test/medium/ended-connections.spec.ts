import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { DataSource } from 'typeorm';
import { cutDeafClients } from '../../src/platform/database/deaf-clients.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { Database } from '../../src/platform/database/database.js';
import { schema } from '../../src/schema.js';
import { TcpProxy, postgresTarget, throughProxy } from '../support/tcp-proxy.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

/*
 * F10: PostgreSQL ends a connection in the very moment in which it becomes ready, so that both words come in one piece.
 * Whoever waits for it has not begun to listen for errors yet, and an error that nobody hears ends a process.
 */

const READY_AND_ENDED = Buffer.concat([
  message('R', Buffer.from([0, 0, 0, 0])),
  message('Z', Buffer.from('I')),
  message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0')),
]);

describe('a connection that is ended as it becomes ready', () => {
  let database: TestDatabase;
  let ending: Server;
  let proxy: TcpProxy;

  beforeAll(async () => {
    database = await openTestDatabase();
    proxy = await TcpProxy.open(postgresTarget(database.urls.app));
    ending = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(READY_AND_ENDED));
    }).listen(0, '127.0.0.1');
    await once(ending, 'listening');
  });

  afterAll(async () => {
    await proxy.close();
    ending.close();
    await database.close();
  });

  afterEach(() => {
    proxy.target = postgresTarget(database.urls.app);
  });

  const turnToEnding = (): void => {
    proxy.cut();
    proxy.target = { port: (ending.address() as { port: number }).port, host: '127.0.0.1' };
  };

  it('fails the transaction that waited for it, and the next has another', async () => {
    const dataSource = new DataSource(dataSourceOptions(schema, throughProxy(database.urls.app, proxy)));
    await dataSource.initialize();
    cutDeafClients(dataSource);
    const ask = (): Promise<unknown> =>
      new Database(dataSource).acrossSites('sweep', (manager) => manager.query('select 1 as one'));
    turnToEnding();
    await expect(ask()).rejects.toThrow();
    proxy.target = postgresTarget(database.urls.app);
    expect(await ask()).toEqual([{ one: 1 }]);
    await dataSource.destroy();
  });
});

/** As PostgreSQL's protocol frames it. */
function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}
