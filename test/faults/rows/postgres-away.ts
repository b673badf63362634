import { setTimeout as delay } from 'node:timers/promises';
import { postgresTarget } from '../../support/tcp-proxy.js';
import { waitUntil } from '../../support/wait-until.js';
import type { FaultStage } from '../harness/fault-stage.js';
import type { OpenLoop } from '../harness/open-loop.js';
import { Chance, rounds } from '../harness/rounds.js';

/* F9 to F12: PostgreSQL is killed, its connections are cut, it will not write, and it is slow. */

const BACK_WITHIN_MS = 10_000;
/** G10. */
const ANSWERED_WITHIN_MS = 15_000;
const RECOVERED_WITHIN_MS = 5_000;

export function postgresRows(stage: () => FaultStage): void {
  const kills = rounds(1, 100);
  it(
    `F9: costs nothing acknowledged when the postmaster is killed; what is unknown is 503, and it is back within 10 s`,
    async () => {
      const chance = new Chance('F9');
      const backAfterMs: number[] = [];
      for (let round = 0; round < kills; round++) {
        const load = stage().load();
        await load.moreAcknowledged(chance.between(20, 100));
        await stage().ownPostgres!.kill();
        await waitUntil(() => refused(load) > 5, 'submissions are refused');
        await stage().ownPostgres!.restart();
        stage().parts.postgres.target = postgresTarget(stage().ownPostgres!.urls.app);
        backAfterMs.push(await timed(() => load.moreAcknowledged(20, BACK_WITHIN_MS)));
        expectNotNow(load);
        expect(await stage().finish(load)).toEqual([]);
      }
      expect(stage().isAlive).toBe(true);
      stage().tell(`F9: ${kills} kills, 20 more acknowledged after ${backAfterMs.join(', ')} ms`);
    },
    60_000 + kills * 60_000,
  );

  const cuts = rounds(5, 500);
  it(
    'F10: ends no process and leaks no connection when every backend is terminated again and again',
    async () => {
      const chance = new Chance('F10');
      const load = stage().load();
      await load.moreAcknowledged(20);
      for (let cut = 0; cut < cuts; cut++) {
        await stage().terminateBackends();
        await load.moreAcknowledged(chance.between(5, 20));
      }
      expect(stage().complaints.slice(0, 3)).toEqual([]);
      expectNotNow(load);
      expect(await stage().finish(load)).toEqual([]);
      expect(stage().isAlive).toBe(true);
      await waitUntil(
        async () => (await busyConnections(stage())) === 0,
        'no connection of the pool is lent any more',
        5_000,
      );
      // Per process: 10 of its pool, 3 for statements at once, 7 of the queue, and its listener.
      const connections = await stage().count(
        `select count(*) n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      );
      expect(connections).toBeLessThanOrEqual((stage().webs.length + stage().workers.length) * 21);
      stage().tell(
        `F10: ${cuts} times all terminated, ${refused(load)} of ${load.sent} refused, ${connections} connections`,
      );
    },
    60_000 + cuts * 10_000,
  );

  it('F11: acknowledges nothing while the database cannot write, says when to come again, and reads go on', async () => {
    const load = stage().load();
    await load.moreAcknowledged(20);
    const setReadOnly = async (is: 'on' | 'off'): Promise<void> =>
      stage().asSuperuser(async (postgres) => {
        await postgres.query(`alter system set default_transaction_read_only = ${is}`);
        await postgres.query('select pg_reload_conf()');
      });
    await setReadOnly('on');
    try {
      const isReadOnly =
        "select count(*) n from pg_settings where name = 'default_transaction_read_only' and setting = 'on'";
      await waitUntil(async () => (await stage().count(isReadOnly)) === 1, 'PostgreSQL only reads');
      const first = load.next;
      const later = (what: 'ok' | 'failed'): number => load.of(what).filter(({ n }) => n >= first).length;
      await waitUntil(() => later('failed') > 50, 'submissions are refused', 60_000);
      expect(later('ok')).toBe(0);
      await stage().readThread();
    } finally {
      await setReadOnly('off');
    }
    await load.moreAcknowledged(20);
    expectNotNow(load);
    expect(await stage().finish(load)).toEqual([]);
    stage().tell(`F11: ${load.of('failed').length} refused, none acknowledged in that time`);
  }, 120_000);

  it('F12: leaves no request open beyond 15 s when each word to PostgreSQL takes 2 s, and is well 5 s later', async () => {
    const load = stage().load();
    await load.moreAcknowledged(20);
    stage().parts.postgres.delayMs = 1_000;
    const { length } = stage().history.entries;
    // So long the fault lasts.
    await delay(rounds(8_000, 300_000));
    stage().parts.postgres.delayMs = 0;
    const wellAfter = await timed(() => load.moreAcknowledged(20, 4 * RECOVERED_WITHIN_MS));
    await load.stop();
    const slowest = Math.max(
      ...stage()
        .history.entries.slice(length)
        .map(({ ms }) => ms ?? 0),
    );
    expectNotNow(load);
    expect(slowest).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(wellAfter).toBeLessThan(RECOVERED_WITHIN_MS);
    expect(await stage().finish(load)).toEqual([]);
    stage().tell(`F12: slowest ${slowest} ms, ${refused(load)} of ${load.sent} refused, well after ${wellAfter} ms`);
  }, 500_000);
}

function refused(load: OpenLoop): number {
  return load.of('failed').length + load.of('unknown').length;
}

/** What was not taken was told so with a time to come again; nothing was left without an answer. */
function expectNotNow(load: OpenLoop): void {
  const wrong = load.of('failed').filter(({ status, retryAfter }) => status !== 503 || retryAfter === null);
  expect([...wrong, ...load.of('unknown')].slice(0, 3)).toEqual([]);
}

/** Of the web process's pool, by its own account. */
async function busyConnections(stage: FaultStage): Promise<number> {
  const metrics = await (await fetch(`${stage.url}/metrics`)).text();
  return Number(/^winnow_database_connections\{state="busy"[^}]*\} (\d+)/m.exec(metrics)?.[1] ?? Number.NaN);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begunAt = performance.now();
  await work();
  return Math.round(performance.now() - begunAt);
}
