import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { CommentId, SiteId } from '../ids.js';
import { afterCommit } from './after-commit.js';
import { Listener } from './listener.js';

const COMMENTS = 'winnow_comments';
const SITES = 'winnow_sites';
const CLAIMS = 'winnow_claims';
/** PostgreSQL refuses a NOTIFY payload of 8,000 bytes. */
const LONGEST_PAYLOAD = 7_500;

/** One comment's move, as the other processes hear of it: ids and statuses, nothing else. */
export interface MoveNews {
  readonly id: CommentId;
  readonly from: string;
  readonly to: string;
  readonly version: number;
  readonly seq: number;
}

export interface CommentsChange {
  readonly site: SiteId;
  /** Digests of the keys of the articles whose public face changed; null: take it that all have. */
  readonly articles: readonly string[] | null;
  readonly moves: readonly MoveNews[];
}

/** Somebody took a comment to look at it, or gave it back. */
export interface ClaimNews {
  readonly site: SiteId;
  readonly id: CommentId;
  readonly by: { readonly id: string; readonly name: string };
  /** When it ends by itself; null once it is given back. */
  readonly until: string | null;
}

type CommentsHeard = (change: CommentsChange) => void;

/** News between processes, by LISTEN/NOTIFY: sent inside the writing transaction, so it is heard after its commit. */
@Injectable()
export class Changes {
  readonly #onComments: CommentsHeard[] = [];
  readonly #onOwnComments: CommentsHeard[] = [];
  readonly #onSites: (() => void)[] = [];
  readonly #onClaims: ((news: ClaimNews) => void)[] = [];
  readonly #onGap: (() => void)[] = [];

  constructor(private readonly listener: Listener) {
    listener.on('notification', (channel, payload) => {
      if (channel === SITES)
        this.#onSites.forEach((heard) => {
          heard();
        });
      else if (channel === CLAIMS) this.#hearClaim(payload);
      else this.#hearComments(payload);
    });
    listener.on('subscribed', () => {
      this.#onSites.forEach((heard) => {
        heard();
      });
      this.#onGap.forEach((heard) => {
        heard();
      });
    });
  }

  static readonly channels = [COMMENTS, SITES, CLAIMS] as const;

  /** Whether silence means that nothing changed. */
  get isLive(): boolean {
    return this.listener.isLive;
  }

  /**
   * News of every process, in the order of commits. With `at-once` also this process's own right after its commit, so
   * that who has just changed something reads it; that news then comes twice.
   */
  onCommentsChanged(heard: CommentsHeard, when: 'in-order' | 'at-once' = 'in-order'): () => void {
    if (when === 'at-once') this.#onOwnComments.push(heard);
    this.#onComments.push(heard);
    return () => {
      const at = this.#onComments.indexOf(heard);
      if (at >= 0) this.#onComments.splice(at, 1);
    };
  }

  onSitesChanged(heard: () => void): void {
    this.#onSites.push(heard);
  }

  onClaimed(heard: (news: ClaimNews) => void): void {
    this.#onClaims.push(heard);
  }

  /** Some news may have been missed. */
  onGap(heard: () => void): void {
    this.#onGap.push(heard);
  }

  async tellSites(manager: EntityManager): Promise<void> {
    await manager.query('select pg_notify($1, $2)', [SITES, '']);
    afterCommit(manager, () => {
      for (const heard of this.#onSites) heard();
    });
  }

  /** One message for a batch, or several where one would be too long. */
  async tellComments(manager: EntityManager, change: CommentsChange): Promise<void> {
    const payloads = packChange(change);
    await manager.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [COMMENTS, payloads]);
    afterCommit(manager, () => {
      for (const heard of this.#onOwnComments) heard(change);
    });
  }

  /** Heard in every process, this one too, in the order of commits. */
  async tellClaim(manager: EntityManager, { site, id, by, until }: ClaimNews): Promise<void> {
    await manager.query('select pg_notify($1, $2)', [CLAIMS, JSON.stringify([site, id, by.id, by.name, until])]);
  }

  #hearClaim(payload: string): void {
    const news = unpackClaim(payload);
    if (!news) return;
    for (const heard of this.#onClaims) heard(news);
  }

  #hearComments(payload: string): void {
    const change = unpackChange(payload);
    if (!change) return;
    for (const heard of [...this.#onComments]) heard(change);
  }
}

/** Stands for an article's key, which may be 2,048 bytes long. */
export function articleDigest(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16);
}

function packChange({ site, articles, moves }: CommentsChange): string[] {
  const whole = JSON.stringify([site, articles, moves.map((m) => [m.id, m.from, m.to, m.version, m.seq])]);
  if (whole.length <= LONGEST_PAYLOAD) return [whole];
  const half = Math.ceil(moves.length / 2);
  if (moves.length > 1) {
    return [
      ...packChange({ site, articles, moves: moves.slice(0, half) }),
      ...packChange({ site, articles: [], moves: moves.slice(half) }),
    ];
  }
  return packChange({ site, articles: null, moves });
}

/** Null for what is no news of ours: any login of the database may send on the channel. */
function unpackChange(payload: string): CommentsChange | null {
  const news = parse(payload);
  if (!Array.isArray(news) || typeof news[0] !== 'string' || !Array.isArray(news[2])) return null;
  if (news[1] !== null && !Array.isArray(news[1])) return null;
  if (!news[2].every((move) => Array.isArray(move) && move.length === 5)) return null;
  const [site, articles, moves] = news as [SiteId, string[] | null, [CommentId, string, string, number, number][]];
  return { site, articles, moves: moves.map(([id, from, to, version, seq]) => ({ id, from, to, version, seq })) };
}

function unpackClaim(payload: string): ClaimNews | null {
  const news = parse(payload);
  if (!Array.isArray(news) || news.length !== 5) return null;
  const isText = (part: unknown): boolean => typeof part === 'string';
  if (!news.slice(0, 4).every(isText) || !(news[4] === null || isText(news[4]))) return null;
  const [site, id, by, name, until] = news as [SiteId, CommentId, string, string, string | null];
  return { site, id, by: { id: by, name }, until };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
