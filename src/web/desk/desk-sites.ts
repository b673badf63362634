import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { SiteKeeper } from '../../administration/site-keeper.js';
import { Summary } from '../../moderation/summary.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { writePage } from '../../platform/pages/page.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { SiteDirectory } from '../../sites/site-directory.js';
import { deskPage } from './desk-shell.js';
import { openSaid } from './said.js';
import { renderSites, type SiteLine } from './sites-page.js';

const SITES_ON_A_PAGE = 20;

/** The sites somebody may see, with what waits on each. */
@Injectable()
export class DeskSites {
  constructor(
    private readonly keeper: SiteKeeper,
    private readonly sites: SiteDirectory,
    private readonly summary: Summary,
    private readonly secrets: Secrets,
  ) {}

  async write(person: Person, query: RawQuery, reply: FastifyReply): Promise<string> {
    const cursor = readOne(query, 'cursor') ?? null;
    const { items, nextCursor } = await this.keeper.list(person, SITES_ON_A_PAGE, cursor);
    const lines: SiteLine[] = [];
    // One after the other: a page must not take all connections of the process for itself.
    for (const { key, name } of items) {
      const { counts } = await this.summary.read(await this.sites.byKey(key));
      lines.push({ key, name, waiting: counts.pending });
    }
    const said = openSaid(this.secrets, person.accountId, readOne(query, 'said'));
    const main = renderSites({ lines, nextCursor, isFirstPage: cursor === null, isOperator: person.isOperator });
    return writePage(reply, deskPage(person, null, 'Your sites', main, { said }));
  }
}
