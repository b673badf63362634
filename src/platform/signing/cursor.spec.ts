import { Problem } from '../problem/problem.js';
import { openCursor, sealCursor } from './cursor.js';
import { Secrets } from './secrets.js';
import { sealToken } from './signed-token.js';

const secrets = new Secrets(Buffer.from('a secret of at least sixteen bytes'));
const SCOPE = ['queue', 'site-1', 'pending', null, 'viagra', null, 'oldest'];
const PLACE = ['2026-11-22 12:00:00.123456+00', '0190a1b2-0000-7000-8000-000000000001'];

function codeOf(open: () => unknown): string {
  try {
    open();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'opened';
}

describe('a cursor', () => {
  it('gives back its place in the list it was made for', () => {
    expect(openCursor(secrets, SCOPE, sealCursor(secrets, SCOPE, PLACE))).toEqual(PLACE);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('opens nothing when part %i of its scope is another', (index) => {
    const other = SCOPE.with(index, 'another');
    expect(codeOf(() => openCursor(secrets, other, sealCursor(secrets, SCOPE, PLACE)))).toBe('invalid-cursor');
  });

  it('is not fooled by parts that only join to the same text', () => {
    const cursor = sealCursor(secrets, ['a', 'b,c'], PLACE);
    expect(codeOf(() => openCursor(secrets, ['a,b', 'c'], cursor))).toBe('invalid-cursor');
  });

  it('opens nothing when any one of its bits was flipped, nor when a piece is missing', () => {
    const bytes = Buffer.from(sealCursor(secrets, SCOPE, PLACE), 'base64url');
    let flips = 0;
    for (const at of bytes.keys()) {
      for (let bit = 1; bit < 256; bit *= 2) {
        const touched = Buffer.from(bytes);
        touched[at]! ^= bit;
        expect(codeOf(() => openCursor(secrets, SCOPE, touched.toString('base64url')))).toBe('invalid-cursor');
        flips++;
      }
      const cut = bytes.subarray(0, at).toString('base64url');
      expect(codeOf(() => openCursor(secrets, SCOPE, cut))).toBe('invalid-cursor');
    }
    expect(flips).toBe(8 * bytes.length);
  });

  it('opens nothing that was signed for another purpose', () => {
    const receipt = sealToken(secrets, 'receipt', Buffer.from(JSON.stringify(PLACE)));
    expect(codeOf(() => openCursor(secrets, SCOPE, receipt))).toBe('invalid-cursor');
  });

  it.each(['', 'null', 'AAAA', 'A'.repeat(64), '../../etc/passwd', '💥'])('refuses %j with a 400', (text) => {
    expect(codeOf(() => openCursor(secrets, SCOPE, text))).toBe('invalid-cursor');
  });
});
