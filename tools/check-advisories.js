// Fails when a package that runs in production is known to be vulnerable, high or critical. Where the advisory service
// cannot be reached nothing is known: it says so, and goes on.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], { encoding: 'utf8' });
const report = parse(stdout);
const found = Object.values(report.vulnerabilities ?? {}).filter(({ severity }) => /^(high|critical)$/.test(severity));

if (report.vulnerabilities === undefined) {
  const why = report.message ?? report.error?.summary ?? 'no answer';
  console.warn(`\n!!! NOT CHECKED: the advisory service did not answer (${why}).`);
  console.warn('!!! Run `npm audit --omit=dev --audit-level=high` where it can be reached before you release.\n');
} else if (found.length === 0) console.log('No package that runs in production has a high or critical advisory.');
for (const { name, severity, range } of found) console.error(`${severity}: ${name} ${range}`);
process.exit(found.length > 0 ? 1 : 0);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
