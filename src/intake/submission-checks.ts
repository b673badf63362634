import { Injectable } from '@nestjs/common';
import { VerifiedNames } from '../comments/verified-names.js';
import { Clock } from '../platform/clock.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import { FloodProof, type ProvenDelivery } from './flood-proof.js';
import { makeFormToken, secondsSinceForm } from './form-token.js';
import type { Challenge } from './proof.js';
import { refuseReservedName } from './reserved-names.js';
import type { SubmitCommentDto } from './submit-comment.dto.js';

export interface FormView {
  readonly formToken: string;
  /** While the site is flooded. */
  readonly challenge?: Challenge;
}

/** What is asked of a submission before it is stored: whose name it bears, and what its form can tell. */
@Injectable()
export class SubmissionChecks {
  constructor(
    private readonly names: VerifiedNames,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly proof: FloodProof,
  ) {}

  /** @throws Problem `invalid-body` */
  async refuseReservedName(name: string, { id, settings }: KnownSite): Promise<void> {
    refuseReservedName(name, settings.reservedNames);
    refuseReservedName(name, await this.names.of(id));
  }

  /** What one article's form sends back with the comment. */
  async form(site: KnownSite, articleKey: string): Promise<FormView> {
    const challenge = await this.proof.challenge(site, articleKey);
    const formToken = makeFormToken(this.secrets, site.id, articleKey, this.clock.now(), challenge !== null);
    return { formToken, ...(challenge && { challenge }) };
  }

  /** Whether a reader's comment comes during a flood and without the proof of work that its form asked for. */
  lacksProof(dto: SubmitCommentDto, delivery: ProvenDelivery): Promise<boolean> {
    return this.proof.isMissing(dto, delivery);
  }

  /** Null without a token that belongs to this form and is still young. */
  secondsToWrite(token: string | undefined, site: KnownSite, articleKey: string, at = this.clock.now()): number | null {
    return token ? secondsSinceForm(this.secrets, token, site.id, articleKey, at) : null;
  }
}
