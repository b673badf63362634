// Each string of the collection in each place: what test/e2e/hostile-bodies does by turns.
import { injectionPlaces, type Place } from '../support/injection-places.js';
import { openPostgresLog } from '../support/postgres-log.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { describeWithVectors } from '../support/vectors.js';

const AT_ONCE = 8;
const LONGEST_MS = 15 * 60_000;

let service: TestService;
let places: readonly Place[];

beforeAll(async () => {
  service = await startTestService();
  const operator = await service.signIn();
  const site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
  await site.submit('/a');
  places = injectionPlaces(operator, service.anonymous);
}, 120_000);
afterAll(() => service.close());

describeWithVectors('api/sql-injection.json', (cases) => {
  it(
    'is no part of a statement, in whatever place of a request it stands',
    async () => {
      const log = await openPostgresLog(service.database.superuser);
      const waiting = places.flatMap((place) => cases.map(({ input }) => ({ place, input })));
      const faults: string[] = [];
      const take = async (): Promise<void> => {
        for (let next = waiting.pop(); next; next = waiting.pop()) {
          const { status } = await next.place.send(next.input);
          if (status >= 500) faults.push(`${next.place.name} ${String(status)} ${next.input}`);
          if (waiting.length % 5_000 === 0) process.stderr.write(`${String(waiting.length)} to go\n`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, take));
      expect(faults).toEqual([]);
      expect(await log.errors()).toEqual([]);
    },
    LONGEST_MS,
  );
});
