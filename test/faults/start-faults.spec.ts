import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/* The process itself at a start that cannot succeed: what it prints, how it ends, what it leaves. */

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

async function start(environment: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH ?? '', ...environment } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (err += String(text)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

describe('a process that cannot start', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-faults-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('names every wrong setting, and ends with 1', async () => {
    expect(await start({ PORT: 'x', ROLE: 'boss', METRICS_TOKEN: 'short' })).toEqual({
      code: 1,
      out: '',
      err: [
        'winnow: PORT must be a number.',
        'winnow: ROLE must be one of the following values: web, worker, all.',
        'winnow: METRICS_TOKEN must have at least 16 characters, without spaces.',
        '',
      ].join('\n'),
    });
  });

  it('names the port and the databases that are away, and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const outcome = await start({ PORT: String(port), DATABASE_URL: 'postgres://a@127.0.0.1:1/a' });
    taken.close();
    expect(outcome).toEqual({
      code: 1,
      out: '',
      err:
        `winnow: Port ${port} is taken; set PORT to another one.\n` +
        'winnow: The database of DATABASE_URL cannot be reached (connect ECONNREFUSED 127.0.0.1:1).\n',
    });
  });

  it('starts no PostgreSQL for a port it cannot have', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code } = await start({ PORT: String(port), DATA_DIR: join(folder, 'data') });
    taken.close();
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});
