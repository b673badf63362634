import { execFile, execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MIGRATIONS = 'src/migrations';
const run = promisify(execFile);

/** What a process of the version needs that came before the newest migration. */
const NEEDED = ['src', 'tools', '.swcrc', 'package.json'];

/** The commit before the newest migration came; null without a history that goes so far back. */
export const oldCommit = findOldCommit();
if (oldCommit === null) console.warn('SKIPPED: no git history that holds the version before the newest migration.');

/** The service as it was before the newest migration, compiled from the repository's own history. */
export class OldVersion {
  private constructor(private readonly folder: string) {}

  static async build(commit: string): Promise<OldVersion> {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-old-'));
    const old = new OldVersion(folder);
    try {
      await run('git', ['archive', '--output', join(folder, 'old.tar'), commit, ...NEEDED], { cwd: ROOT });
      await run('tar', ['-xf', 'old.tar'], { cwd: folder });
      await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      const swc = join(ROOT, 'node_modules/.bin/swc');
      await run(swc, ['src', '-d', 'dist', '--strip-leading-paths', '-q'], { cwd: folder });
      await run(process.execPath, ['tools/copy-assets.js'], { cwd: folder });
      return old;
    } catch (error) {
      await old.remove();
      throw error;
    }
  }

  get main(): string {
    return join(this.folder, 'dist/main.js');
  }

  /** How many migrations it does not have. */
  get migrationsBehind(): number {
    return migrationsIn(join(ROOT, MIGRATIONS)).length - migrationsIn(join(this.folder, MIGRATIONS)).length;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

function findOldCommit(): string | null {
  const newest = migrationsIn(join(ROOT, MIGRATIONS)).at(-1) ?? '';
  try {
    const args = ['log', '--diff-filter=A', '--format=%H', '-1', '--', `${MIGRATIONS}/${newest}`];
    const added = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
    return execFileSync('git', ['rev-parse', '--verify', '--quiet', `${added}^`], {
      cwd: ROOT,
      encoding: 'utf8',
    }).trim();
  } catch {
    return null;
  }
}

function migrationsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^\d+-.*(?<!\.spec)\.ts$/.test(name))
    .sort();
}
