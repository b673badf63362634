import { Injectable } from '@nestjs/common';
import { mayAct } from '../../accounts/caller.js';
import { FilterReport } from '../../moderation/filter-report.js';
import type { RawQuery } from '../../platform/http/query.js';
import { writePage } from '../../platform/pages/page.js';
import { PLOT_SCRIPTS, PLOT_STYLES } from '../pages/islands.js';
import type { SiteVisit } from './desk-members.js';
import { deskPage } from './desk-shell.js';
import { renderFilter } from './filter-page.js';

/** How the filter did, for everybody who reads the queue. */
@Injectable()
export class DeskFilter {
  constructor(private readonly report: FilterReport) {}

  async write({ site, person, reply }: SiteVisit, raw: RawQuery): Promise<string> {
    const report = await this.report.read(site, raw);
    const main = renderFilter({ site, report, mayChange: mayAct(person, site.key, 'owner', 'site:admin') });
    const plots = report.total.screened > 0 && { scripts: PLOT_SCRIPTS, styles: PLOT_STYLES };
    const place = { section: '/filter', ...plots } as const;
    return writePage(reply, deskPage(person, site, `How the filter did, ${site.name}`, main, place));
  }
}
