import { existsSync, readFileSync } from 'node:fs';

/* The test data beside the checkout that no one of this project wrote. A fresh clone may stand without it. */

const FOLDER = new URL('../../../shared/vectors/', import.meta.url);

export interface VectorCase {
  readonly name?: string;
  readonly kind?: string;
  readonly input: string;
  /** Bytes that are no text, in base64. */
  readonly input_b64?: string;
  /** A text and how often it stands. */
  readonly repeat?: readonly [string, number];
  readonly expect: unknown;
}

/** The bytes of a case. */
export function bytesOf({ input, input_b64: base64, repeat }: VectorCase): Buffer {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  return Buffer.from(repeat ? repeat[0].repeat(repeat[1]) : input);
}

/** Runs the suite on the cases of one file, `api/open-redirect.json` for example; skipped, with a warning, without it. */
export function describeWithVectors(name: string, suite: (cases: readonly VectorCase[]) => void): void {
  const file = new URL(name, FOLDER);
  const isPresent = existsSync(file);
  if (!isPresent) console.warn(`SKIPPED, because the test data is absent: ${file.pathname}`);
  (isPresent ? describe : describe.skip)(name, () => {
    const read = isPresent
      ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly VectorCase[] })
      : { cases: [] };
    suite(read.cases);
  });
}
