// Trains the shipped filter again from the files it names and compares the bytes: a change of the recipe, the features or
// the scoring that is not followed by `winnow train` shows here. The texts are not in the repository; without them this
// says so and is content.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHIPPED = fileURLToPath(new URL('../src/lib/spam/model/starter.bin', import.meta.url));
const WINNOW = fileURLToPath(new URL('../dist/cli/winnow.js', import.meta.url));
const CORPORA = fileURLToPath(new URL('../../shared/corpora/', import.meta.url));

const shipped = readFileSync(SHIPPED);
const { provenance } = JSON.parse(shipped.subarray(0, shipped.indexOf('\n')).toString());
const files = provenance.sources.map(({ file }) => join(CORPORA, file));
const missing = files.filter((file) => !existsSync(file));

if (missing.length > 0) {
  console.warn(`SKIPPED: the shipped filter is not made again, because ${missing.length} of its sources are missing.`);
} else {
  process.exitCode = trainAgain();
}

function trainAgain() {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-starter-'));
  try {
    const again = join(folder, 'starter.bin');
    const { status } = spawnSync(process.execPath, [WINNOW, 'train', ...files, '--out', again], { stdio: 'inherit' });
    if (status !== 0) return 1;
    if (readFileSync(again).equals(shipped)) {
      console.log('The shipped filter is what winnow train makes of its sources, to the byte.');
      return 0;
    }
    console.error(`The shipped filter is not what winnow train makes now. Run: winnow train ... --out ${SHIPPED}`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
