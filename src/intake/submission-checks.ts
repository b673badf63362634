import { Injectable } from '@nestjs/common';
import { VerifiedNames } from '../comments/verified-names.js';
import { Clock } from '../platform/clock.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import { makeFormToken, secondsSinceForm } from './form-token.js';
import { refuseReservedName } from './reserved-names.js';

/** What is asked of a submission before it is stored: whose name it bears, and what its form can tell. */
@Injectable()
export class SubmissionChecks {
  constructor(
    private readonly names: VerifiedNames,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-body` */
  async refuseReservedName(name: string, { id, settings }: KnownSite): Promise<void> {
    refuseReservedName(name, settings.reservedNames);
    refuseReservedName(name, await this.names.of(id));
  }

  /** A signed time for one article's form. */
  formToken(site: KnownSite, articleKey: string): string {
    return makeFormToken(this.secrets, site.id, articleKey, this.clock.now());
  }

  /** Null without a token that belongs to this form and is still young. */
  secondsToWrite(token: string | undefined, site: KnownSite, articleKey: string, at = this.clock.now()): number | null {
    return token ? secondsSinceForm(this.secrets, token, site.id, articleKey, at) : null;
  }
}
