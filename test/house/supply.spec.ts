import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/* What comes from elsewhere: the lock file, and the licences of what runs in production. */

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly license?: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const locked = Object.entries(packages).filter(([path]) => path !== '');

describe('the lock file', () => {
  it('knows the digest of every package', () => {
    expect(locked.length).toBeGreaterThan(100);
    const without = locked.filter(
      ([, { integrity, inBundle }]) => !inBundle && !(integrity ?? '').startsWith('sha512-'),
    );
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('takes all of them from the one registry that npm is set to, and none from elsewhere', () => {
    const elsewhere = locked.filter(([, { resolved, link }]) => resolved !== undefined || link === true);
    expect(elsewhere.map(([path, { resolved }]) => `${path} ${resolved ?? ''}`)).toEqual([]);
  });
});

describe('the check of licences', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'winnow-licences-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function check(components: unknown[]): { status: number | null; stderr: string } {
    const file = join(folder, 'sbom.json');
    writeFileSync(file, JSON.stringify({ components }));
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools/check-licences.js'), file], {
      encoding: 'utf8',
    });
    return { status, stderr };
  }

  it('lets through what asks for its notice alone', () => {
    const licenses = [{ license: { id: 'MIT' } }];
    expect(check([{ name: 'a', version: '1.0.0', licenses }])).toEqual({ status: 0, stderr: '' });
  });

  it.each([
    ['of a licence that asks for our code', [{ license: { id: 'AGPL-3.0-only' } }]],
    ['with one more licence than we know', [{ license: { id: 'MIT' } }, { license: { name: 'Custom' } }]],
    ['of MPL that is not shipped as it is', [{ license: { id: 'MPL-2.0' } }]],
    ['without a licence', undefined],
  ])('names a package %s', (_, licenses) => {
    const { status, stderr } = check([{ name: 'some-package', version: '1.0.0', licenses }]);
    expect(status).toBe(1);
    expect(stderr).toContain('some-package 1.0.0');
  });

  it('takes an empty bill of materials for a fault', () => {
    expect(check([]).status).toBe(1);
  });

  it('is asked before anything lands, and so are the advisories', () => {
    const ci = read('.ci/run');
    for (const script of ['licences:check', 'advisories:check']) {
      expect(scripts[script]).toBeDefined();
      expect(ci).toContain(`npm run --silent ${script}`);
    }
    expect(read('.gitignore')).toMatch(/^sbom\.json$/m);
  });
});
