// P13: kill -9 of node under load, several times on the same data; then every acknowledged comment is asked for.
import { setTimeout as delay } from 'node:timers/promises';
import { spread } from './statistics.js';
import { untilEmpty, waitingOn, Winnow } from './winnow.js';

const KILLS = 3;
const CONNECTIONS = 16;
const STATUSES = ['received', 'pending', 'spam', 'approved', 'published', 'rejected'];

export const kills = {
  rows: ['P13'],
  estimate: ({ seconds }) => KILLS * (5 + seconds) + 40,

  async measure(run) {
    const start = () =>
      Winnow.start(run.processes, {
        dataDirectory: `${run.processes.folder}/kills`,
        // What was acknowledged and never queued waits for the sweep; half a minute of that proves no more.
        environment: { SCREENING_SWEEP_AFTER_SECONDS: '2' },
      });
    const acknowledged = [];
    let winnow = await start();
    try {
      for (let kill = 1; kill <= KILLS; kill++) {
        const job = { url: winnow.url, connections: CONNECTIONS, keepsIds: true, endsOnError: true };
        const load = run.load.submit(job);
        // It is awaited below; an interruption may end it before.
        load.catch(() => undefined);
        await delay((run.seconds / 2) * 1000 * (0.5 + kill / KILLS));
        await winnow.kill();
        const { ids } = await load;
        acknowledged.push(...ids);
        winnow = await start();
        run.say(
          `  kill ${kill} of ${KILLS}: ${ids.length} were acknowledged; up again in ${winnow.startSeconds.toFixed(1)} s`,
        );
      }
      const lost = await missing(winnow, acknowledged);
      run.record('P13', spread([lost.length]), `of ${acknowledged.length.toLocaleString('en')}, ${KILLS} kills`);
      run.raw.kills = { acknowledged: acknowledged.length, lost };
    } finally {
      await winnow.stop();
    }
  },
};

/** Of the acknowledged ids, those that no list of the API holds. */
async function missing(winnow, acknowledged) {
  const client = await winnow.signIn();
  await untilEmpty(() => waitingOn(client, 'demo'));
  const stored = new Set();
  for (const status of STATUSES) {
    let cursor = '';
    while (cursor !== null) {
      const query = `status=${status}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const page = await client.must('GET', `/v1/sites/demo/moderation/comments?${query}`);
      for (const { id } of page.items) stored.add(id);
      cursor = page.nextCursor;
    }
  }
  client.close();
  return acknowledged.filter((id) => !stored.has(id));
}
