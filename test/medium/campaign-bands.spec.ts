import { FIND_OF_SITE } from '../../src/screening/find-neighbours.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { TestStage } from '../support/test-stage.js';

let stage: TestStage;
let site: KnownSite;

beforeAll(async () => {
  stage = await TestStage.open();
  site = await stage.addSite();
});

afterAll(() => stage.close());

describe('a band', () => {
  it('that 100,000 texts share costs no more than one that few share', async () => {
    await stage.postgres.query(
      `insert into campaign (site_id, id, near_fingerprint, first_at, last_at, size)
       select $1, gen_random_uuid(), array[7, n, n, n, n, n] || array_fill(n, array[10]), now(), now(), 1
         from generate_series(1, 100000) n`,
      [site.id],
    );
    await stage.postgres.query('analyze campaign');
    const asked = [[site.id], [`{7,${Array(15).fill(-1).join()}}`], new Date()];
    const found = await stage.database.acrossSites('screen a batch', (manager) =>
      manager.query<unknown[]>(FIND_OF_SITE, asked),
    );
    expect(found).toHaveLength(8);
    const [plan] = await stage.database.acrossSites('screen a batch', (manager) =>
      manager.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }[]>(
        `explain (analyze, buffers, format json) ${FIND_OF_SITE}`,
        asked,
      ),
    );
    const { 'Shared Hit Blocks': hit = 0, 'Shared Read Blocks': read = 0 } = plan?.['QUERY PLAN'][0]?.Plan ?? {};
    expect(hit + read).toBeGreaterThan(0);
    expect(hit + read).toBeLessThan(200);
  });
});
