import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { matchesEntityTag } from './entity-tag.js';
import type { ReadyAnswer } from './ready-answer.js';

/** A ready answer as it goes over the wire: as it is, or packed. */
export interface AnswerForm {
  readonly body: Buffer;
  readonly etag: string;
  /** Names and values in one list, as Node writes them fastest. */
  readonly headers: readonly string[];
  /** Those of a 304 (RFC 9110, 15.4.5). */
  readonly headersOfKnown: readonly string[];
}

interface Forms {
  readonly plain: AnswerForm;
  /** Undefined until somebody asks for it, null while it is made. */
  packed?: AnswerForm | null;
}

const pack = promisify(gzip);
/** What fits into one packet anyway is not packed. */
const WORTH_BYTES = 1_400;
const CACHE_CONTROL = 'public, max-age=5, stale-while-revalidate=30';
const GZIP = /(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=([\d.]+)\s*)?(?=,|$)/i;

const formsOf = new WeakMap<ReadyAnswer, Forms>();

/**
 * The form for a reader who takes these encodings. Packing happens beside the answers: who asks first for an answer that
 * lasts gets it as it is, those who follow a seventh of its bytes.
 */
export function chooseForm(answer: ReadyAnswer, acceptEncoding: string | undefined): AnswerForm {
  let forms = formsOf.get(answer);
  if (!forms) {
    forms = { plain: describeForm(answer, answer.body, answer.etag, []) };
    formsOf.set(answer, forms);
  }
  if (!answer.isLasting || answer.body.length < WORTH_BYTES || !acceptsGzip(acceptEncoding)) return forms.plain;
  if (forms.packed === undefined) packBeside(answer, forms);
  return forms.packed ?? forms.plain;
}

/**
 * The headers of a 304, with the tag that the reader named: that of the form that would be sent now, or of the other one,
 * which says the same. Null for a reader who has neither.
 */
export function headersOfKnown(
  answer: ReadyAnswer,
  ifNoneMatch: string | undefined,
  form: AnswerForm,
): readonly string[] | null {
  if (ifNoneMatch === undefined) return null;
  if (matchesEntityTag(ifNoneMatch, form.etag)) return form.headersOfKnown;
  const other = form.etag === answer.etag ? packedTag(answer.etag) : answer.etag;
  return matchesEntityTag(ifNoneMatch, other) ? validators(other) : null;
}

function packBeside(answer: ReadyAnswer, forms: Forms): void {
  forms.packed = null;
  pack(answer.body).then(
    (body) => {
      forms.packed = describeForm(answer, body, packedTag(answer.etag), ['content-encoding', 'gzip']);
    },
    // It stays as it is.
    () => undefined,
  );
}

/** Other bytes, another strong tag (RFC 9110, 8.8.3.3). */
function packedTag(etag: string): string {
  return `${etag.slice(0, -1)}-gz"`;
}

function describeForm(
  { contentType }: ReadyAnswer,
  body: Buffer,
  etag: string,
  encoding: readonly string[],
): AnswerForm {
  const known = validators(etag);
  const own = ['content-type', contentType, 'content-length', String(body.length)];
  return { body, etag, headersOfKnown: known, headers: [...known, ...encoding, ...own] };
}

function validators(etag: string): readonly string[] {
  return ['etag', etag, 'cache-control', CACHE_CONTROL, 'vary', 'accept-encoding'];
}

export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  if (acceptEncoding === undefined) return false;
  const found = GZIP.exec(acceptEncoding);
  return found !== null && Number(found[1] ?? 1) > 0;
}
