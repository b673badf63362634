import { keptAuthor, type KeptAuthor } from '../comments/typed-author.js';
import { checkEmailFormat } from '../lib/email/email-format.js';
import { suggestEmail } from '../lib/email/typo-suggestion.js';
import { safeHttpUrl } from '../lib/markup/safe-url.js';
import { fingerprint } from '../lib/spam/fingerprint.js';
import { newId, type CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { isRegistered } from '../sites/origins.js';
import { hashClientKey, hashContent, hashPayload } from './idempotency-key.js';
import type { SubmitCommentDto } from './submit-comment.dto.js';

const HOUR_MS = 3_600_000;
const KEYED_LIFE_MS = 24 * HOUR_MS;
/** Without a key, the same comment within this time is the same comment: a second click, a reload. */
const CONTENT_LIFE_MS = 60_000;

/** A comment that passed every check that can be made without the database. */
export interface Submission {
  readonly id: CommentId;
  readonly site: KnownSite;
  readonly articleKey: string;
  readonly articleUrl: string | null;
  readonly articleTitle: string | null;
  readonly parentId: CommentId | null;
  readonly author: KeptAuthor;
  readonly body: string;
  readonly language: string | null;
  readonly fingerprint: string;
  readonly honeypotFilled: boolean;
  readonly secondsToWrite: number | null;
  readonly lacksProof: boolean;
  readonly clientNetwork: string | null;
  readonly keyHash: Buffer;
  readonly payloadHash: Buffer;
  readonly hasClientKey: boolean;
  readonly submittedAt: Date;
  readonly expiresAt: Date;
  /** When the sweep may bring it again. */
  readonly sweepAt: Date;
}

/** How the comment came in. */
export interface Arrival {
  readonly site: KnownSite;
  readonly articleKey: string;
  readonly idempotencyKey: string | null;
  readonly secondsToWrite: number | null;
  readonly lacksProof: boolean;
  readonly clientNetwork: string | null;
  /** A program with the site's own key may name any address for an article. */
  readonly isTrusted: boolean;
  readonly at: Date;
  readonly sweepAt: Date;
}

export function describeSubmission(dto: SubmitCommentDto, arrival: Arrival): Submission {
  const { site, articleKey, idempotencyKey, at } = arrival;
  const life = idempotencyKey === null ? CONTENT_LIFE_MS : KEYED_LIFE_MS;
  return {
    id: newId<CommentId>(),
    site,
    articleKey,
    articleUrl: articleUrl(dto, arrival),
    articleTitle: dto.articleTitle ?? null,
    parentId: dto.parentId ? (dto.parentId.toLowerCase() as CommentId) : null,
    author: keptAuthor(dto.author),
    body: dto.body,
    language: dto.language === '' ? null : (dto.language ?? null),
    fingerprint: fingerprint(dto.body).toString(),
    honeypotFilled: Boolean(dto.website),
    secondsToWrite: arrival.secondsToWrite,
    lacksProof: arrival.lacksProof,
    clientNetwork: arrival.clientNetwork,
    keyHash: idempotencyKey === null ? hashContent(articleKey, dto) : hashClientKey(articleKey, idempotencyKey),
    payloadHash: hashPayload(dto),
    hasClientKey: idempotencyKey !== null,
    submittedAt: at,
    expiresAt: new Date(at.getTime() + life),
    sweepAt: arrival.sweepAt,
  };
}

/** What the reader probably meant to type, or null. */
export function emailSuggestion(dto: SubmitCommentDto): string | null {
  const result = checkEmailFormat(dto.author.email);
  return result.ok ? suggestEmail(result.email) : null;
}

/** Feeds link to it, so a stranger may only name a page of the site. With no origin registered, nothing is known. */
function articleUrl({ articleUrl: typed }: SubmitCommentDto, { site, isTrusted }: Arrival): string | null {
  const url = typed ? safeHttpUrl(typed) : null;
  if (url === null || isTrusted || site.origins.length === 0) return url;
  return isRegistered(new URL(url).origin, site.origins) ? url : null;
}
