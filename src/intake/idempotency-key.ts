import { hash } from 'node:crypto';
import { Problem } from '../platform/problem/problem.js';
import type { SubmitCommentDto } from './submit-comment.dto.js';

const LONGEST = 255;

/**
 * The header `Idempotency-Key`, quoted (a structured field string, RFC 8941) or bare, as its plain text.
 * @throws Problem `invalid-idempotency-key`
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const typed = Array.isArray(header) ? header.join(',') : header;
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(typed);
  const key = quoted?.[1]?.replace(/\\(["\\])/g, '$1') ?? typed;
  if (key.length === 0 || key.length > LONGEST || !/^[\x20-\x7e]+$/.test(key))
    throw new Problem('invalid-idempotency-key');
  return key;
}

/** A client's key stands for one comment under one article. */
export function hashClientKey(articleKey: string, key: string): Buffer {
  return digest(['key', articleKey, key]);
}

/** Without a key the content is the key: the same author saying the same to the same comment. */
export function hashContent(articleKey: string, { author, body, parentId }: SubmitCommentDto): Buffer {
  return digest([
    'content',
    articleKey,
    author.name,
    author.email.toLowerCase(),
    author.url ?? '',
    body,
    parentId ?? '',
  ]);
}

/** What must be equal for a replay. Not the form token: a page that was reloaded has a new one for the same comment. */
export function hashPayload(dto: SubmitCommentDto): Buffer {
  const { author, body, parentId, articleUrl, articleTitle, language, website } = dto;
  return digest([author.name, author.email, author.url, body, parentId, articleUrl, articleTitle, language, website]);
}

function digest(parts: readonly (string | undefined)[]): Buffer {
  return hash('sha256', JSON.stringify(parts), 'buffer');
}
