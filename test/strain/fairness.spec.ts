import { setTimeout as delay } from 'node:timers/promises';
import { eachBackend } from '../support/gates.js';
import { unlikeOthers } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';
import { FaultStage } from '../faults/harness/fault-stage.js';
import { FloodClient } from './harness/flood.js';
import { rounds } from '../faults/harness/rounds.js';

/* One site with a hundred times as many comments as each of the others, all for one worker: the others hardly wait. */

const QUIET = ['quiet-one', 'quiet-two', 'quiet-three'];
const BACKLOG = rounds(2_500, 20_000);
const EACH = rounds(25, 200);
const PAUSE_MS = 100;
const A_FEW_SECONDS = 5;

eachBackend('a site that is flooded', ({ name }) => {
  let stage: FaultStage;

  beforeAll(async () => {
    stage = await FaultStage.open({ queue: name, workers: 0, environment: { SCREENING_SWEEP_AFTER_SECONDS: '600' } });
    const operator = await stage.signIn();
    for (const key of QUIET) await operator.post('/v1/sites', { key, name: key });
  }, 120_000);

  afterAll(() => stage.close(), 60_000);

  it('delays its own comments, and those of the others by no more than a few seconds', async () => {
    const flood = (forMs: number): FloodClient => FloodClient.start({ ...stage.asClient, clients: 50, forMs });
    const isWaiting = "select count(*) n from comment where status = 'received'";
    while ((await stage.count(isWaiting)) < BACKLOG) await flood(2_000).answers;
    stage.workers.push(await stage.start('worker'));
    const more = flood(EACH * PAUSE_MS);
    const reader = await stage.signIn();
    for (let n = 0; n < EACH; n++) {
      for (const [index, key] of QUIET.entries()) {
        const body = {
          author: { name: 'Ada', email: 'ada@analytical.org' },
          body: unlikeOthers(n * QUIET.length + index),
        };
        expect((await reader.post(`/v1/sites/${key}/articles/a/comments`, body)).status).toBe(202);
      }
      await delay(PAUSE_MS);
    }
    await more.answers;
    const received = `${isWaiting} and site_id in (select id from site where key like 'quiet-%')`;
    await waitUntil(async () => (await stage.count(received)) === 0, 'the others have their verdicts', 60_000);
    const stillWaiting = await stage.count(isWaiting);
    const quiet = await waits(stage, "s.key like 'quiet-%'");
    await stage.allScreened(300_000);
    const loud = await waits(stage, "s.key = 'demo'");
    stage.tell(
      `fairness: ${loud.count} comments on one site, ${quiet.count} on three; from submission to verdict: the others p50 ${quiet.p50}, most ${quiet.most} s; the flooded one p50 ${loud.p50}, most ${loud.most} s; ${stillWaiting} of it waited when the others were done`,
    );
    expect(quiet.count).toBe(EACH * QUIET.length);
    expect(quiet.most).toBeLessThan(A_FEW_SECONDS);
    expect(loud.count / (quiet.count / QUIET.length)).toBeGreaterThanOrEqual(100);
  }, 600_000);
});

interface Waits {
  readonly count: number;
  readonly p50: number;
  readonly most: number;
}

/** Seconds from a comment's submission to its verdict, as the database has them. */
async function waits(stage: FaultStage, where: string): Promise<Waits> {
  return stage.asSuperuser(async (postgres) => {
    const { rows } = await postgres.query<Waits>(
      `select count(*)::int as count, round(percentile_cont(0.5) within group (order by wait)::numeric, 2)::float as p50,
              round(max(wait)::numeric, 2)::float as most
         from (select extract(epoch from e.at - c.submitted_at) as wait
                 from comment c join site s on s.id = c.site_id
                 join comment_event e on e.site_id = c.site_id and e.comment_id = c.id and e.action = 'screening'
                where ${where}) waits`,
    );
    return rows[0]!;
  });
}
