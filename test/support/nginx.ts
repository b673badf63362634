import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { waitUntil } from './wait-until.js';

/* The nginx of docs/operators.md, word for word but for addresses and TLS. */

const NGINX = '/usr/sbin/nginx';
export const isNginxThere = existsSync(NGINX);

export interface Nginx {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startNginx(serviceUrl: string): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-test-nginx-'));
  const port = await freePort();
  await writeFile(join(folder, 'nginx.conf'), configuration(new URL(serviceUrl).host, port, folder));
  const child = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(
    () => {
      if (child.exitCode !== null) throw new Error(readFileSync(join(folder, 'error.log'), 'utf8'));
      return fetch(url).then(
        () => true,
        () => false,
      );
    },
    'nginx answers',
    10_000,
  );
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(upstream: string, port: number, folder: string): string {
  const guide = readFileSync(new URL('../../docs/operators.md', import.meta.url), 'utf8');
  const [, example] = /```nginx\n([\s\S]*?)```/.exec(guide) ?? [];
  if (example === undefined) throw new Error('docs/operators.md has no example for nginx.');
  const ours = example
    .replace('server 127.0.0.1:3000;', `server ${upstream};`)
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder};`);
  return `daemon off; master_process off; pid ${folder}/pid; events {}
http { access_log off; ${temporary.join(' ')}
${ours} }`;
}
