import { waitUntil } from '../../support/wait-until.js';
import type { FaultStage } from './fault-stage.js';
import type { OpenLoop } from './open-loop.js';

/* What a row does besides submitting, so that a fault finds more than submissions under way. */

/** A person decides on so many of the newest comments, which the filter learns from. */
export async function teach(stage: FaultStage, load: OpenLoop, count: number): Promise<void> {
  const ids = load
    .of('ok')
    .slice(-count)
    .map(({ id }) => id);
  const operator = await stage.signIn();
  const half = Math.ceil(count / 2);
  for (const [action, some] of [['spam', ids.slice(0, half)] as const, ['publish', ids.slice(half)] as const]) {
    const answer = await operator.post('/v1/sites/demo/moderation/decisions', { action, ids: some });
    if (answer.status !== 200) throw new Error(`Nobody can decide: ${answer.status} ${answer.text}`);
  }
}

/** The statement that stores comments, prepared or by its name. */
const STORES = /intake-store/;

/**
 * What PostgreSQL stores from now on it does not tell, so that a web process that is killed then is killed between a commit
 * and its answer.
 * @returns how many comments are committed by now that nobody was told of
 */
export async function swallowAnswersOfPostgres(stage: FaultStage, load: OpenLoop): Promise<number> {
  stage.parts.postgres.muteFor = STORES;
  const newest = load.of('ok').reduce((most, { id }) => (id > most ? id : most), '');
  const untold = (): Promise<number> =>
    stage.asSuperuser(async (postgres) => {
      const { rows } = await postgres.query<{ id: string }>('select id from comment order by id desc limit 500');
      const told = new Set(load.of('ok').map(({ id }) => id));
      return rows.filter(({ id }) => id > newest && !told.has(id)).length;
    });
  let heard = -1;
  await waitUntil(async () => {
    const before = heard;
    heard = load.of('ok').length;
    return before === heard && (await untold()) > 0;
  }, 'a comment is committed and nobody is told');
  return untold();
}
