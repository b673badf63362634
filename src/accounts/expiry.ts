import type { EntityManager } from 'typeorm';
import { IDLE_MS } from './sessions.js';

/**
 * Deletes what opens nothing any more: sessions, invitations, resets and counts of wrong tries that are over.
 * @param most rows of each kind at a time
 * @returns the largest number of rows of one kind; fewer than `most` means that nothing is left
 */
export async function forgetExpired(manager: EntityManager, now: Date, most: number): Promise<number> {
  const idle = new Date(now.getTime() - IDLE_MS);
  const counts = [
    countOf(await manager.query<Deleted>(SESSIONS, [now, idle, most])),
    countOf(await manager.query<Deleted>(INVITATIONS, [now, most])),
    countOf(await manager.query<Deleted>(OPERATOR_INVITATIONS, [now, most])),
    countOf(await manager.query<Deleted>(RESETS, [now, most])),
    countOf(await manager.query<Deleted>(TRIES, [now, most])),
  ];
  return Math.max(...counts);
}

/** How long the record of acts is kept: somebody who looks for what happened a year ago still finds it. */
export const ACTS_KEPT_DAYS = 400;

export async function forgetOldActs(manager: EntityManager, before: Date, most: number): Promise<number> {
  return countOf(await manager.query<Deleted>(ACTS, [before, most]));
}

const ACTS = `delete from act where (site_id, id) in
  (select site_id, id from act where at < $1 order by at limit $2 for update skip locked)`;
const SESSIONS = `delete from session where id in
  (select id from session where expires_at <= $1 or last_seen_at <= $2 limit $3 for update skip locked)`;
const INVITATIONS = `delete from invitation where (site_id, id) in
  (select site_id, id from invitation where expires_at <= $1 order by expires_at limit $2 for update skip locked)`;
const OPERATOR_INVITATIONS = `delete from operator_invitation where id in
  (select id from operator_invitation where expires_at <= $1 limit $2 for update skip locked)`;
const RESETS = `delete from password_reset where account_id in
  (select account_id from password_reset where expires_at <= $1 limit $2 for update skip locked)`;
const TRIES = `delete from sign_in_try where key in
  (select key from sign_in_try where ends_at <= $1 order by ends_at limit $2 for update skip locked)`;

type Deleted = [unknown[], number];

function countOf([, count]: Deleted): number {
  return count;
}
