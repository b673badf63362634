// What is asked of readers while their site is flooded: a proof of work, which their browser makes unnoticed.
import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { claimKey } from '../comments/claim-key.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { newId, type CommentId } from '../platform/ids.js';
import { Metrics, type FloodProofGiven } from '../platform/metrics/metrics.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import { FloodWatch } from './flood-watch.js';
import { asksNoProof } from './form-token.js';
import { hashDelivery } from './idempotency-key.js';
import { makeChallenge, openProof, PROOF_LIFE_MS, type Challenge } from './proof.js';
import type { SubmitCommentDto } from './submit-comment.dto.js';

/** Where a comment goes, and under which key. */
export interface ProvenDelivery {
  readonly site: KnownSite;
  readonly articleKey: string;
  readonly idempotencyKey: string | null;
}

@Injectable()
export class FloodProof {
  constructor(
    private readonly floods: FloodWatch,
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** For one article's form; null while the site is not flooded. */
  async challenge(site: KnownSite, articleKey: string): Promise<Challenge | null> {
    if (!site.settings.floodProof || !(await this.floods.asksProof(site))) return null;
    return makeChallenge(this.secrets, site.id, articleKey, this.clock.now());
  }

  /** Whether a reader's comment comes during a flood and without a proof of its own, so that a person must look at it. */
  async isMissing(dto: SubmitCommentDto, delivery: ProvenDelivery): Promise<boolean> {
    const { site } = delivery;
    this.floods.notice(site);
    if (!site.settings.floodProof || !this.floods.missesProof(site)) return false;
    const proof = await this.#judge(dto, delivery);
    this.metrics.floodSubmission(proof);
    return proof === 'missing';
  }

  async #judge(dto: SubmitCommentDto, delivery: ProvenDelivery): Promise<FloodProofGiven> {
    const { site, articleKey } = delivery;
    const now = this.clock.now();
    const salt = dto.proof ? openProof(this.secrets, dto.proof, site.id, articleKey, now) : null;
    if (salt !== null && (await this.#spend(salt, dto, delivery, now))) return 'solved';
    // It was opened moments ago, where nobody knew of the flood.
    const { formToken = '' } = dto;
    return asksNoProof(this.secrets, formToken, site.id, articleKey, now) ? 'spared' : 'missing';
  }

  /** Each proof is for one comment, which may be sent again if no answer came. */
  async #spend(
    salt: string,
    dto: SubmitCommentDto,
    { site, idempotencyKey }: ProvenDelivery,
    now: Date,
  ): Promise<boolean> {
    const claim = {
      keyHash: hash('sha256', `proof ${salt}`, 'buffer'),
      payloadHash: hashDelivery(idempotencyKey, dto),
      commentId: newId<CommentId>(),
      expiresAt: new Date(now.getTime() + PROOF_LIFE_MS),
    };
    const held = await this.database.inSite(site.id, (manager) => claimKey(manager, site.id, claim, now));
    return held === null || held.payloadHash.equals(claim.payloadHash);
  }
}
