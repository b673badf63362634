import { FloodWatch } from '../../src/intake/flood-watch.js';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { makeLogger } from '../../src/platform/logging/logger.js';
import { ServiceLog } from '../../src/platform/logging/service-log.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { SetClock, TestStage } from '../support/test-stage.js';

const FROM = 10;

let stage: TestStage;
let lines: string[];
let clock: SetClock;
let watch: FloodWatch;

beforeAll(async () => {
  stage = await TestStage.open();
});
afterAll(() => stage.close());

function begin(environment: Record<string, string> = {}): FloodWatch {
  const settings = readSettings({ SUBMIT_FLOOD_FROM: String(FROM), ...environment });
  const log = new ServiceLog(makeLogger('info', { write: (line: string) => lines.push(line) }));
  return new FloodWatch(stage.database, settings, clock, log, stage.metrics);
}

beforeEach(() => {
  lines = [];
  clock = new SetClock();
  watch = begin();
});

async function look(site: KnownSite, passMs = 2_000): Promise<boolean> {
  clock.passMs(passMs);
  watch.notice(site);
  await watch.look();
  return watch.asksProof(site);
}

it('finds a site flooded from so many comments in five minutes on, and no other', async () => {
  const [site, other] = [await stage.addSite(), await stage.addSite()];
  await stage.receive(site, FROM - 1);
  expect(await look(site)).toBe(false);
  await stage.receive(site, 1);
  expect([await look(site), await look(other)]).toEqual([true, false]);
});

it('misses proofs later than it asks for them, and no more while it still asks for them', async () => {
  const site = await stage.addSite();
  await stage.receive(site, FROM);
  expect([await look(site), watch.missesProof(site)]).toEqual([true, false]);
  for (let n = 0; n < 4; n++) await look(site);
  expect(watch.missesProof(site)).toBe(true);
  clock.passMs(13_000);
  expect(watch.missesProof(site)).toBe(false);
});

it('ends a flood when no more comes, and tells of both, by the site’s key alone', async () => {
  const site = await stage.addSite();
  await stage.receive(site, FROM);
  await look(site);
  expect(await look(site, 300_000)).toBe(false);
  await look(site, 30_000);
  expect(lines.map((line) => (JSON.parse(line) as { msg: string; site: string }).msg)).toEqual([
    'flood began',
    'flood ended',
  ]);
  expect(lines.every((line) => line.includes(site.key))).toBe(true);
});

it('leaves a site alone whose usual is not far below', async () => {
  const site = await stage.addSite();
  await stage.rows('insert into filter_record (site_id, week, screened) values ($1, $2, $3)', [
    ...[site.id, '2000-01-03', 10_000_000],
  ]);
  await stage.receive(site, 3 * FROM);
  expect(await look(site)).toBe(true);
  await stage.rows(`insert into filter_record (site_id, week, screened) values ($1, date_trunc('week', now()), $2)`, [
    ...[site.id, 2_016 * 4],
  ]);
  expect(await look(site, 25_000)).toBe(false);
});

it.each([{ SUBMIT_FLOOD_FROM: '0' }, { SUBMIT_LIMIT_PER_MINUTE: '0' }])('is off with %j', async (environment) => {
  const site = await stage.addSite();
  await stage.receive(site, FROM);
  watch = begin(environment);
  expect(await look(site)).toBe(false);
});
