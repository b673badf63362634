import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { waitUntil } from '../support/wait-until.js';
import { FaultStage } from './harness/fault-stage.js';
import { CANARY } from './harness/open-loop.js';

/* The judge of every row is judged first: a service without a fault passes, and each planted fault is found. */

const SENT = 100;

jest.setTimeout(60_000);

describe('the checker of the fault matrix', () => {
  let stage: FaultStage;

  beforeAll(async () => {
    stage = await FaultStage.open();
    const load = stage.load();
    await load.moreAcknowledged(SENT);
    expect(await stage.finish(load)).toEqual([]);
    const operator = await stage.signIn();
    const ids = acknowledged().slice(0, 20);
    await operator.post('/v1/sites/demo/moderation/decisions', { action: 'spam', ids });
  }, 120_000);

  afterAll(() => stage.close());

  const acknowledged = (): string[] => stage.history.entries.flatMap((entry) => (entry.what === 'ok' ? entry.id : []));
  const plant = (sql: string, values: unknown[] = []): Promise<unknown> =>
    stage.asSuperuser((postgres) => postgres.query(sql, values));
  const published = (): Promise<string> =>
    stage.asSuperuser(async (postgres) => {
      const { rows } = await postgres.query<{ id: string }>(
        `select id from comment c where status = 'published' and exists (
           select from comment_event where comment_id = c.id) order by id desc limit 1`,
      );
      return rows[0]!.id;
    });

  it('passes what is sound, decisions too', async () => {
    await stage.learned();
    expect(await stage.check()).toEqual([]);
  });

  it('finds a comment that was acknowledged and is gone', async () => {
    const id = acknowledged().at(-1);
    await stage.asSuperuser(async (postgres) => {
      await postgres.query('set session_replication_role = replica');
      await postgres.query('delete from comment where id = $1', [id]);
    });
    expect(await stage.check()).toContainEqual(expect.stringMatching(new RegExp(`^lost: number \\d+.*${id}`)));
  });

  it('finds a comment that is stored twice', async () => {
    await plant(
      `insert into comment select (jsonb_populate_record(c, jsonb_build_object('id', $1::uuid))).* from comment c
        where id = $2`,
      [randomUUID(), acknowledged().at(30)],
    );
    expect(await stage.check()).toContainEqual(expect.stringMatching(/^double: number \d+ is stored 2 times/));
  });

  it('finds a second verdict on the same text', async () => {
    const id = await published();
    await plant(
      `insert into comment_event select (jsonb_populate_record(e, '{"version": 90, "seq": 900000}')).* from comment_event e
        where comment_id = $1 and action = 'screening'`,
      [id],
    );
    const faults = await stage.check();
    expect(faults).toContain(`verdicts: 2 on ${id}`);
    expect(faults).toContainEqual(expect.stringMatching(/^hole in the seq/));
    expect(faults).toContain(`broken chain: ${id} at version 90`);
  });

  it('finds a comment that is published and nobody said so', async () => {
    const spam = acknowledged().at(0);
    await plant(`update comment set status = 'published', published_at = now() where id = $1`, [spam]);
    const faults = await stage.check();
    expect(faults).toContain(`stands elsewhere than its last event: ${spam}`);
    expect(faults).toContainEqual(expect.stringMatching(/^counted otherwise than it is: article-/));
    // It had been published by its screening before a person took it down.
    await plant(`update comment set verdict_label = null where id = $1`, [spam]);
    expect(await stage.check()).toContain(`published by nobody: ${spam}`);
  });

  it('finds an address of a reader in what is public', async () => {
    const id = await published();
    await plant(`update comment set html = $2 where id = $1`, [id, `<p>reader-1@${CANARY}</p>`]);
    await plant(
      `select pg_notify('winnow_comments', jsonb_build_array(id, null, '[]'::jsonb)::text) from site where key = 'demo'`,
    );
    await waitUntil(
      async () => (await stage.check()).some((fault) => fault.startsWith('an address in public: articles/article-')),
      'the address is found',
    );
  });

  it('finds a lesson that was taught past the learning', async () => {
    await plant('delete from learned_comment where comment_id = $1', [acknowledged().at(1)]);
    expect(await stage.check()).toContainEqual(expect.stringMatching(/^the model is not the fold/));
  });
});
