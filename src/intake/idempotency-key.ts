import { hash } from 'node:crypto';
import type { SubmitCommentDto } from './submit-comment.dto.js';

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

/** What must be equal for a replay. Not the form token, nor a proof: a page that was reloaded has new ones for the same comment. */
export function hashPayload(dto: SubmitCommentDto): Buffer {
  const { author, body, parentId, articleUrl, articleTitle, language, website } = dto;
  return digest([author.name, author.email, author.url, body, parentId, articleUrl, articleTitle, language, website]);
}

/** The same comment under the same key, or again without one. */
export function hashDelivery(key: string | null, dto: SubmitCommentDto): Buffer {
  return digest(['delivery', key ?? undefined, hashPayload(dto).toString('hex')]);
}

function digest(parts: readonly (string | undefined)[]): Buffer {
  return hash('sha256', JSON.stringify(parts), 'buffer');
}
