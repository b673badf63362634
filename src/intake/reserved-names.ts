import { nameSkeleton } from '../lib/spam/name-likeness.js';
import { Problem } from '../platform/problem/problem.js';

/** Made once for each list that somebody keeps. */
const skeletons = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * Nobody posts as the owner or another person of the site, nor under a name that looks the same. The site's own program, with its key, may.
 * @throws Problem `invalid-body`
 */
export function refuseReservedName(name: string, reservedNames: readonly string[]): void {
  if (reservedNames.length === 0) return;
  const skeleton = nameSkeleton(name);
  if (skeleton === '' || !skeletonsOf(reservedNames).has(skeleton)) return;
  const detail = 'This name belongs to somebody of this site. Write another one, or your full name.';
  throw new Problem('invalid-body', { errors: [{ pointer: '/author/name', rule: 'reserved-name', detail }] });
}

function skeletonsOf(names: readonly string[]): ReadonlySet<string> {
  const known = skeletons.get(names) ?? new Set(names.map(nameSkeleton));
  skeletons.set(names, known);
  return known;
}
