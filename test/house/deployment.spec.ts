import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { listVariables, readSettings } from '../../src/platform/config/read-settings.js';

/* What the container files say, as far as it can be read without a container: no daemon runs where the tests do. */

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly volumes?: readonly string[];
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { services } = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };
const dockerfile = read('Dockerfile');
const settings = new Set(listVariables().map(({ name }) => name));
const ours = Object.entries(services).filter(([, { image }]) => image === 'winnow');
/** As compose fills them in when nothing but the secrets is set. */
const filled = (value: string): string =>
  value.replace(/\$\{\w+:\?[^}]*\}/g, 'a-secret').replace(/\$\{\w+:-([^}]*)\}/g, '$1');

describe('docker-compose.yml', () => {
  it('has database, queue, migrations, web and worker', () => {
    expect(Object.keys(services)).toEqual(['postgres', 'redis', 'migrate', 'web', 'worker']);
  });

  it.each(ours)('gives %s only settings there are, with values they take', (_, { environment = {} }) => {
    expect(Object.keys(environment).filter((name) => !settings.has(name))).toEqual([]);
    const values = Object.entries(environment).map(([name, value]) => [name, filled(value)]);
    expect(readSettings(Object.fromEntries(values) as Record<string, string>)).toBeDefined();
  });

  it('starts nothing without its secrets, and knows no password of its own', () => {
    const text = read('docker-compose.yml');
    const passwords = [...text.matchAll(/\$\{(\w*PASSWORD)(.*?)\}/g)].filter(([, name]) => name !== 'ADMIN_PASSWORD');
    expect(passwords.length).toBeGreaterThan(3);
    for (const [, , rule] of passwords) expect(rule).toMatch(/^:\?/);
    expect(text).not.toMatch(/^ *\w*PASSWORD: +['"]?[^$\s'"]/m);
  });

  it('shows the login that owns the tables to the migrations alone', () => {
    const knowing = ours.filter(([, { environment }]) => JSON.stringify(environment).includes('OWNER_PASSWORD'));
    expect(knowing.map(([name]) => name)).toEqual(['migrate']);
  });

  it('keeps every job of Redis in memory and on disk', () => {
    const command = services.redis?.command?.join(' ');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
    expect(services.redis?.volumes).toContain('redis:/data');
  });

  it('opens one port, to this machine only', () => {
    const ports = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    expect(ports).toEqual(['web 127.0.0.1:${PORT:-3000}:3000']);
  });

  it('waits for a database that is well and migrated, and starts again what ends', () => {
    for (const name of ['web', 'worker']) {
      expect(services[name]?.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
    }
    expect(services.migrate?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    for (const [name, { restart }] of Object.entries(services)) {
      expect(restart).toBe(name === 'migrate' ? 'no' : 'unless-stopped');
    }
    for (const name of ['postgres', 'redis']) expect(services[name]?.healthcheck?.test?.[0]).toBe('CMD');
  });

  it('runs ours without a right to spare', () => {
    for (const [, service] of ours) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    }
  });
});

describe('the Dockerfile', () => {
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

  it('runs as an ordinary user, as process 1, with a health check that needs no other program', () => {
    expect(lastStage).toMatch(/^USER node$/m);
    expect(lastStage).toMatch(/^CMD \["node", "dist\/main\.js"\]$/m);
    expect(lastStage).toMatch(/^HEALTHCHECK .*CMD \["node", "deploy\/container-health\.js"\]$/m);
  });

  it('sets only settings there are', () => {
    const names = [...(/^ENV (.*)$/m.exec(lastStage)?.[1] ?? '').matchAll(/(\w+)=/g)].map(([, name = '']) => name);
    expect(names.filter((name) => name !== 'NODE_ENV' && !settings.has(name))).toEqual([]);
  });

  it('copies only what .dockerignore lets in', () => {
    const letIn = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(read('.dockerignore')).toMatch(/^\*$/m);
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );
    expect(copied.filter((path) => path !== '.' && !letIn.includes(path))).toEqual([]);
    for (const needed of ['src', 'tsconfig.build.json', 'tools/copy-assets.js']) expect(letIn).toContain(needed);
  });
});
