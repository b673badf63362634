// Writes a new text into a comment that is locked, and keeps the old one. Used by move-comment alone, before apply-moves:
// the move of the edit is written then, and reads the new text.
import type { EntityManager } from 'typeorm';
import { renderComment, RENDERER_VERSION } from '../lib/markup/render-comment.js';
import { fingerprint } from '../lib/spam/fingerprint.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { SEARCH_DOCUMENT } from './comment-search.entity.js';

export interface Edit {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly body: string;
  /** Of the comment, after the edit. */
  readonly version: number;
  /** Then nothing that was found out about the old text may stand beside the new one. */
  readonly isScreenedAgain: boolean;
  readonly at: Date;
}

export async function applyEdit(manager: EntityManager, edit: Edit): Promise<void> {
  const { siteId, id, body, version, isScreenedAgain, at } = edit;
  const html = isScreenedAgain ? null : renderComment(body);
  const rendered = [html, html === null ? null : RENDERER_VERSION];
  const print = fingerprint(body).toString();
  await manager.query(WRITE_TEXT, [siteId, id, body, print, ...rendered, at, version]);
  if (!isScreenedAgain) {
    await manager.query(RENEW_DOCUMENT, [siteId, id]);
    return;
  }
  await manager.query(FORGET_VERDICT, [siteId, id]);
  await manager.query(FORGET_DOCUMENT, [siteId, id]);
}

const WRITE_TEXT = `
  with kept as (
    insert into comment_revision (site_id, comment_id, revision, body, replaced_version)
    select site_id, id, revision, body, $8 from comment where site_id = $1 and id = $2)
  update comment set body = $3, fingerprint = $4, html = $5, renderer_version = $6, edited_at = $7,
         revision = revision + 1
   where site_id = $1 and id = $2`;

const FORGET_VERDICT = `
  update comment set verdict_label = null, verdict_probability = null, verdict_signals = null, verdict_score = null,
         screened_at = null, machine_status = null, is_blind = false, certainty = 1
   where site_id = $1 and id = $2`;

/** It can be searched for again when it leaves `received`, as when it came. */
const FORGET_DOCUMENT = 'delete from comment_search where site_id = $1 and comment_id = $2';

const RENEW_DOCUMENT = `
  update comment_search s set document = ${SEARCH_DOCUMENT}
    from comment c where c.site_id = $1 and c.id = $2 and s.site_id = c.site_id and s.comment_id = c.id`;
