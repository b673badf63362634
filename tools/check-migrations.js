// CI's migration check: a database made by the migrations alone, compared with the entities by TypeORM itself.
// Indexes and policies that TypeORM cannot see have their own test in test/medium.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, startEmbeddedPostgres } from '../dist/platform/embedded/embedded-postgres.js';
import { prepareDatabase } from '../dist/prepare-database.js';

const folder = mkdtempSync(join(tmpdir(), 'winnow-migrations-'));
const postgres = await startEmbeddedPostgres({ dataDirectory: folder });
let status;
try {
  await ensureDatabase(postgres, 'check');
  const ownerUrl = postgres.url('owner', 'check');
  await prepareDatabase({ ownerUrl, superuserUrl: postgres.url('postgres', 'check'), appRole: 'app' });
  const typeorm = spawnSync(
    process.execPath,
    [
      'node_modules/typeorm/cli.js',
      'migration:generate',
      '--check',
      'src/migrations/drift',
      '-d',
      'dist/data-source.js',
    ],
    { stdio: 'inherit', env: { ...process.env, DATABASE_URL: ownerUrl } },
  );
  status = typeorm.status ?? 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(postgres.dataDirectory, { recursive: true, force: true });
}
process.exit(status);
