import { queryPlanned } from '../../src/platform/database/database.js';
import { TestStage } from '../support/test-stage.js';

let stage: TestStage;

beforeAll(async () => {
  stage = await TestStage.open();
});

afterAll(() => stage.close());

describe('the plan of a named statement', () => {
  /** The names that the connection keeps after it was asked with so many rows. */
  const keptAfter = async (name: string, rows: number | undefined): Promise<string[]> => {
    const site = await stage.addSite();
    return stage.database.inSite(site.id, async (manager) => {
      const values = [Array.from({ length: rows ?? 1 }, (_, index) => index)];
      const statement = { name, text: 'select n from unnest($1::int[]) n', values, ...(rows && { rows }) };
      expect(await queryPlanned(manager, statement)).toHaveLength(rows ?? 1);
      const kept: { name: string }[] = await manager.query('select name from pg_prepared_statements where name = $1', [
        name,
      ]);
      return kept.map((one) => one.name);
    });
  };

  it('is kept by its connection', async () => {
    expect(await keptAfter('of-one', undefined)).toEqual(['of-one']);
    expect(await keptAfter('of-few', 5)).toEqual(['of-few']);
  });

  it('is made anew for more than a few rows: an older one may be of a time when its tables were small', async () => {
    expect(await keptAfter('of-many', 6)).toEqual([]);
  });
});
