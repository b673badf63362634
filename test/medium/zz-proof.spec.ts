import { DataSource } from 'typeorm';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SubmissionStore } from '../../src/intake/submission-store.js';
import { WriteBatcher } from '../../src/intake/write-batcher.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { Database } from '../../src/platform/database/database.js';
import { schema } from '../../src/schema.js';
import { openPostgresProxy, TcpProxy } from '../support/tcp-proxy.js';
import { submission, TestStage } from '../support/test-stage.js';
import { startRedis } from '../support/redis-server.js';
import { startTestService } from '../support/test-service.js';
import pg from 'pg';

it('PROOF intake through a half-open PostgreSQL', async () => {
  const stage = await TestStage.open();
  const { proxy, url } = await openPostgresProxy(stage.files.urls.app);
  const dataSource = new DataSource(dataSourceOptions(schema, url, { poolSize: 10 }));
  await dataSource.initialize();
  const site = await stage.addSite();
  const batcher = new WriteBatcher(new SubmissionStore(new Database(dataSource)));
  await Promise.all([batcher.submit(submission(site)), batcher.submit(submission(site))]);
  proxy.isDeaf = true;
  const start = performance.now();
  const settled: string[] = [];
  const track = (name: string) => batcher.submit(submission(site)).then((o) => settled.push(`${name} ${o.kind} ${Math.round(performance.now() - start)}`), (e: Error) => settled.push(`${name} ${e.message} ${Math.round(performance.now() - start)}`));
  for (let i = 0; i < 4; i++) { void track('deaf' + i); await new Promise((r) => setTimeout(r, 300)); }
  await new Promise((r) => setTimeout(r, 8_000));
  proxy.isDeaf = false;
  for (let i = 0; i < 4; i++) void track('healed' + i);
  await new Promise((r) => setTimeout(r, 35_000));
  console.log('PROOF-PG', JSON.stringify(settled));
  proxy.cut();
  await new Promise((r) => setTimeout(r, 1000));
  console.log('PROOF-PG after cut', JSON.stringify(settled));
  await proxy.close();
  await dataSource.destroy();
  await stage.close();
}, 100_000);

it('PROOF worker through a half-open Redis that heals without a reset', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-redis-'));
  const redis = await startRedis(folder);
  const proxy = await TcpProxy.open({ port: Number(new URL(redis!.url).port), host: '127.0.0.1' });
  const service = await startTestService({ REDIS_URL: `redis://127.0.0.1:${proxy.port}`, SCREENING_SWEEP_AFTER_SECONDS: '1', SCREENING_SWEEP_EVERY_SECONDS: '1' });
  const ended: string[] = [];
  service.running.connected.platform.fatal.onExit((why) => ended.push(why));
  const client = new pg.Client({ connectionString: service.database.urls.postgres });
  await client.connect();
  const wait = async (label: string) => {
    const start = performance.now();
    while (performance.now() - start < 130_000) {
      const { rows } = await client.query(`select count(*)::int as n from comment where status='received'`);
      if (rows[0].n === 0) break;
      await new Promise((r) => setTimeout(r, 500));
    }
    console.log('PROOF-REDIS', label, Math.round(performance.now() - start), JSON.stringify(ended));
  };
  await service.anonymous.comment('demo', '/demo', { body: 'first one' });
  await wait('before');
  proxy.isDeaf = true;
  await service.anonymous.comment('demo', '/demo', { body: 'second one' });
  await new Promise((r) => setTimeout(r, 20_000));
  proxy.isDeaf = false;
  await wait('after heal');
  await client.end();
  await service.close();
  await proxy.close();
  await redis!.stop();
}, 260_000);
