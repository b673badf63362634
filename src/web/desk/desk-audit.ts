import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../accounts/audit-log.js';
import { readPageAsked } from '../../accounts/page.js';
import type { RawQuery } from '../../platform/http/query.js';
import { writePage } from '../../platform/pages/page.js';
import { renderAudit } from './audit-page.js';
import { DESK_PAGE } from './desk-links.js';
import type { SiteVisit } from './desk-members.js';
import { deskPage } from './desk-shell.js';

/** What was done on a site, for its owners. */
@Injectable()
export class DeskAudit {
  constructor(private readonly log: AuditLog) {}

  async write({ site, person, reply }: SiteVisit, raw: RawQuery): Promise<string> {
    const asked = readPageAsked(raw);
    const acts = await this.log.list(site.id, { ...asked, limit: DESK_PAGE });
    const main = renderAudit(site, acts, asked.cursor === null);
    return writePage(reply, deskPage(person, site, `What was done on ${site.name}`, main));
  }
}
