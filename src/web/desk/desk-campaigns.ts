import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CampaignDecisionDto } from '../../moderation/campaign-decision.dto.js';
import { CampaignDecisions } from '../../moderation/campaign-decisions.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readBody } from '../../platform/http/read-body.js';
import type { CampaignId } from '../../platform/ids.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { describeCampaignOutcome } from './campaign-bar.js';
import { listPath, readBack } from './desk-links.js';
import { withSaid } from './said.js';

/** From the form above near-identical comments to one decision about all of them. */
@Injectable()
export class DeskCampaigns {
  constructor(
    private readonly decisions: CampaignDecisions,
    private readonly secrets: Secrets,
  ) {}

  /** Back to the whole list, because this one is empty now, unless something is left to do. */
  async decide(
    site: KnownSite,
    campaign: CampaignId,
    fields: FieldsOfForm,
    person: Person,
    reply: FastifyReply,
  ): Promise<string> {
    const body = readBody(CampaignDecisionDto, { action: fields.decision });
    const outcome = await this.decisions.decide(site, campaign, body, person);
    const path = listPath(site.key, readBack(fields.back), outcome.remaining > 0 ? {} : { campaign: null });
    const words = describeCampaignOutcome(body.action, outcome);
    void reply.status(303).header('location', withSaid(this.secrets, person.accountId, path, words));
    return '';
  }
}
