// Fails when a package that runs in production has a licence that we cannot ship with, or none. Reads what `npm run sbom`
// wrote.
import { readFileSync } from 'node:fs';

/** They ask for their notice to be kept, which stands in each package's folder, and for nothing of our own code. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'PSF-2.0',
  'BlueOak-1.0.0',
]);
/** Shipped as they are: their licence covers their own files, should we ever change one. */
const UNCHANGED = { 'MPL-2.0': /^lightningcss(-|$)/ };

const { components } = JSON.parse(readFileSync(process.argv[2] ?? 'sbom.json', 'utf8'));
const faults = components.flatMap(({ name, version, licenses = [] }) => {
  const found = licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression);
  const isAllowed = (licence) => ALLOWED.has(licence) || UNCHANGED[licence]?.test(name);
  return found.length > 0 && found.every(isAllowed) ? [] : [`${name} ${version}: ${found.join(', ') || 'no licence'}`];
});

for (const fault of faults) console.error(`A licence that is not on the list of tools/check-licences.js: ${fault}`);
if (components.length === 0) console.error('The bill of materials is empty.');
else if (faults.length === 0) console.log(`${components.length} packages, each with a licence that we can ship with.`);
process.exit(components.length > 0 && faults.length === 0 ? 0 : 1);
