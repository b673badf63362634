import { entityTag } from './entity-tag.js';

/** A whole answer, ready to be sent: nothing is left to compute on a warm read. */
export interface ReadyAnswer {
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
  /** Whether it may be remembered. What tells of an unknown article may not: anybody can invent keys. */
  readonly isLasting: boolean;
}

export const JSON_TYPE = 'application/json; charset=utf-8';

export function makeReadyAnswer(text: string, contentType: string, isLasting: boolean): ReadyAnswer {
  // Buffer.from would take a short text from a shared slab, and remembering 100 bytes would hold 8 KiB.
  const body = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  body.write(text);
  return { body, etag: entityTag(body), contentType, isLasting };
}
