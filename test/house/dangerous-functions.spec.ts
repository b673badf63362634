import ts from 'typescript';
import { readHouse, type SourceFile } from './house.js';

/* What the service never does, so that nothing that strangers write can make it do so. */

const { code } = readHouse();

function importing(module: RegExp): string[] {
  return code.filter((file) => specifiers(file).some((one) => module.test(one))).map(({ path }) => path);
}

function specifiers(file: SourceFile): string[] {
  if (!file.text.includes('import')) return [];
  return [...file.text.matchAll(/(?:from|import|import\()\s*['"]([^'"]+)['"]/g)].map(([, one = '']) => one);
}

/** Names that are called, `a.b.c(` as `c`, in the files that hold one of them at all. */
function calling(names: readonly string[]): string[] {
  return code
    .filter(({ text }) => names.some((name) => text.includes(name)))
    .flatMap((file) =>
      [...file.all(ts.isCallExpression), ...file.all(ts.isNewExpression)]
        .filter(({ expression }) => names.includes(lastName(expression)))
        .map((call) => file.fault(call, `calls ${lastName(call.expression)}`)),
    );
}

function lastName(expression: ts.Expression): string {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

describe('the service', () => {
  it('runs no text as code', () => {
    expect(calling(['eval', 'Function', 'runInNewContext', 'runInThisContext', 'compileFunction'])).toEqual([]);
    expect(importing(/^(node:)?vm$/)).toEqual([]);
  });

  it('starts programs for its embedded database alone', () => {
    const starting = importing(/^(node:)?(child_process|cluster)$/);
    expect(starting.filter((path) => !path.startsWith('src/platform/embedded/'))).toEqual([]);
    expect(starting.length).toBeGreaterThan(0);
  });

  it('parses no XML', () => {
    expect(importing(/xml|sax|libxmljs/i).filter((path) => !path.startsWith('src/lib/feed/'))).toEqual([]);
    expect(code.filter(({ text }) => /text\/xml['"]|application\/xml['"]\)|XMLHttpRequest/.test(text))).toEqual([]);
  });

  it('encrypts nothing by itself', () => {
    const ciphers = ['createCipheriv', 'createDecipheriv', 'publicEncrypt', 'privateDecrypt', 'createCipher'];
    expect(calling(ciphers)).toEqual([]);
  });

  it('hashes with SHA-256, and passwords with argon2id', () => {
    const hashes = code.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:createHash|createHmac|[^.\w]hash)\(\s*'([^']*)'/g)].map(
        ([, name = '']) => `${name} ${path}`,
      ),
    );
    expect(hashes.length).toBeGreaterThan(10);
    expect(hashes.filter((one) => !one.startsWith('sha256 '))).toEqual([]);
  });

  it('takes chance for a secret from the system alone', () => {
    const random = code
      .filter(({ path }) => !path.startsWith('src/web/'))
      .filter(({ text }) => text.includes('Math.random'));
    expect(random.map(({ path }) => path)).toEqual([]);
  });

  it('compares what opens something in constant time, and nothing of the kind by ===', () => {
    const comparing = calling(['timingSafeEqual']).map((fault) => fault.split(':')[0]);
    expect(comparing).toEqual([
      'src/accounts/api-keys.ts',
      'src/platform/metrics/metrics-door.ts',
      'src/platform/signing/secrets.ts',
    ]);
    expect(comparingByHand()).toEqual(COMPARED_BY_HAND);
  });
});

/** None of them decides alone who somebody is: each compares what was proven by a signature, or is no secret. */
const COMPARED_BY_HAND = [
  // Two payloads of one sender.
  'src/intake/flood-proof.ts held.payloadHash.equals(claim.payloadHash)',
  // The challenge stands in the answer to whoever asks.
  "src/intake/proof.ts hash('sha256', `${salt}${String(number)}`) === challenge",
  'src/intake/submission-store.ts claim.payloadHash.equals(payloadHash)',
  // Behind the signature.
  'src/platform/signing/cursor.ts data?.subarray(0, SCOPE_BYTES).equals(digest(scope))',
  // A token against its own bytes.
  "src/platform/signing/signed-token.ts bytes.toString('base64url') !== token",
];
/** The rooms that hold secrets of others. */
const ROOMS = /^src\/(accounts|intake|platform\/(signing|metrics))\//;
const SECRET = /secret|signature|digest|hash|token|\bmac\b/i;
/** Of these, nothing is told but whether there is one, and of what kind. */
const HARMLESS = /^(null|undefined|''|typeof .*|.*\.length)$/;
const EQUAL = [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken];

/** Where two texts or bytes of such names are compared as any other. */
function comparingByHand(): string[] {
  return code
    .filter(({ path }) => ROOMS.test(path))
    .flatMap((file) => {
      const sides = file
        .all(ts.isBinaryExpression)
        .filter(({ operatorToken }) => EQUAL.includes(operatorToken.kind))
        .filter(({ left, right }) => ![left, right].some((side) => HARMLESS.test(side.getText(file.tree))))
        .filter(({ left, right }) => [left, right].some((side) => SECRET.test(side.getText(file.tree))));
      const equals = file
        .all(ts.isCallExpression)
        .filter(({ expression }) => ['equals', 'compare'].includes(lastName(expression)))
        .filter((call) => SECRET.test(call.getText(file.tree)));
      return [...sides, ...equals].map((place) => `${file.path} ${place.getText(file.tree)}`);
    });
}
