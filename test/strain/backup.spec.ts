import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '../support/wait-until.js';
import { allScreened, makeSubmitKey, AS_OPERATOR } from '../faults/all-screened.js';
import { startLoad } from '../faults/load.js';
import { ServiceProcess } from '../faults/service-process.js';

/* The rehearsal of the worst day: a backup under load, everything killed, and a service on another disk. */

const WINNOW = fileURLToPath(new URL('../../dist/cli/winnow.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

interface Command {
  readonly ended: Promise<Ended>;
  said(): string;
  kill(): void;
}

function startWinnow(args: readonly string[], dataDir: string): Command {
  const env = { PATH: process.env.PATH ?? '', DATA_DIR: dataDir };
  const child = spawn(process.execPath, [WINNOW, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  return {
    ended: once(child, 'close').then(() => ({ code: child.exitCode, said })),
    said: () => said,
    kill: () => child.kill('SIGKILL'),
  };
}

describe('a backup beside a service under load', () => {
  let folder: string;
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-faults-'));
  });

  afterAll(async () => {
    await service?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function startOn(data: string): Promise<ServiceProcess> {
    const more = { PORT: '0', SCREENING_SWEEP_AFTER_SECONDS: '1' };
    return ServiceProcess.start({ ...AS_OPERATOR, DATA_DIR: join(folder, data), ...more });
  }

  it('holds everything acknowledged before it began; killed and repeated, it and its restore lose nothing', async () => {
    service = await startOn('data');
    const load = startLoad([service.url], await makeSubmitKey(service.url), 4);
    const { acknowledged } = load.history;
    await waitUntil(() => acknowledged.size >= 150, '150 comments are acknowledged', 60_000);

    const file = join(folder, 'winnow.backup');
    const killed = startWinnow(['backup', file], join(folder, 'data'));
    const isHalf = async (): Promise<boolean> => (await readdir(folder)).some((name) => name.includes('.half-'));
    await waitUntil(isHalf, 'a backup is being written', 60_000);
    killed.kill();
    await killed.ended;
    expect(await readdir(folder)).not.toContain('winnow.backup');

    const before = [...acknowledged.values()];
    const whole = await startWinnow(['backup', file], join(folder, 'data')).ended;
    expect(whole).toEqual({ code: 0, said: expect.stringContaining('comments') as string });
    await service.killEverything();
    await load.stop();

    const half = startWinnow(['restore', file], join(folder, 'another'));
    await waitUntil(() => half.said().startsWith('Database'), 'a restore has begun', 60_000);
    half.kill();
    await half.ended;
    const restored = await startWinnow(['restore', file], join(folder, 'another')).ended;
    expect(restored).toEqual({ code: 0, said: expect.stringContaining('every checksum is right') as string });
    service = await startOn('another');
    const stored = await allScreened(service.url);
    expect(before.filter((id) => !stored.has(id))).toEqual([]);
    const all = new Set(acknowledged.values());
    expect([...stored].filter((id) => !all.has(id)).length).toBeLessThanOrEqual(4);
  }, 300_000);
});
