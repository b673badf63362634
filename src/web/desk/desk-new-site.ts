import { Injectable } from '@nestjs/common';
import { MakeSiteDto } from '../../administration/site.dto.js';
import { SiteKeeper } from '../../administration/site-keeper.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readBody } from '../../platform/http/read-body.js';
import { writePage } from '../../platform/pages/page.js';
import type { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { OwnVisit } from './desk-account.js';
import { sitePath } from './desk-links.js';
import { deskPage } from './desk-shell.js';
import { refusalInWords, refusalOf } from './form-refusal.js';
import { renderNewSite, type NewSiteTyped } from './new-site-page.js';
import { withSaid } from './said.js';
import { linesOf } from './settings-form.js';

const NOTHING: NewSiteTyped = { key: '', name: '', origins: '' };

/** Making a site, for operators. The rules are those of SiteKeeper. */
@Injectable()
export class DeskNewSite {
  constructor(
    private readonly keeper: SiteKeeper,
    private readonly secrets: Secrets,
  ) {}

  write({ person, reply }: OwnVisit, typed: NewSiteTyped = NOTHING, refusal: Problem | null = null): string {
    const title = `${refusal ? `${refusalInWords(refusal)} ` : ''}A new site`;
    return writePage(reply, deskPage(person, null, title, renderNewSite(typed, refusal)));
  }

  async make(visit: OwnVisit, { key = '', name = '', origins = '' }: FieldsOfForm): Promise<string> {
    const typed = { key, name, origins: origins.replace(/\r\n?/g, '\n') };
    try {
      const asked = { key: key.trim(), ...(name.trim() !== '' && { name }), origins: linesOf(typed.origins) };
      const site = await this.keeper.make(readBody(MakeSiteDto, asked), visit.person);
      const words = 'The site is made. Invite its people under Members; Embed shows what its pages need.';
      const path = withSaid(this.secrets, visit.person.accountId, sitePath(site.key, '/settings'), words);
      void visit.reply.status(303).header('location', path);
      return '';
    } catch (error) {
      return this.write(visit, typed, refusalOf(error, visit.reply));
    }
  }
}
