import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { sessionCookie } from '../../accounts/session-cookie.js';
import { Sessions } from '../../accounts/sessions.js';
import { SiteKeeper } from '../../administration/site-keeper.js';
import { Summary } from '../../moderation/summary.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { writePage } from '../../platform/pages/page.js';
import { SiteDirectory } from '../../sites/site-directory.js';
import { sitePath } from './desk-links.js';
import { deskPage } from './desk-shell.js';
import { deskPathOr, signInPage } from './sign-in-page.js';
import { renderSites, type SiteLine } from './sites-page.js';

const SITES_ON_A_PAGE = 20;

/** The way in: the sign-in form, the list of sites, or straight to the queue of somebody who has only one. */
@Injectable()
export class DeskHome {
  constructor(
    private readonly sessions: Sessions,
    private readonly keeper: SiteKeeper,
    private readonly sites: SiteDirectory,
    private readonly summary: Summary,
    private readonly address: PublicAddress,
  ) {}

  async open(query: RawQuery, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const cookie = request.cookies[sessionCookie(this.address.url).name];
    const person = cookie === undefined ? null : await this.sessions.find(cookie);
    if (!person) {
      const to = deskPathOr(readOne(query, 'to') ?? '', '/desk');
      return writePage(reply, signInPage({ problem: null, email: '', to }));
    }
    const { items, nextCursor } = await this.keeper.list(person, 2, null);
    const [only, another] = items;
    if (!only || another || nextCursor !== null) return this.list(person, {}, reply);
    void reply.status(303).header('location', sitePath(only.key));
    return '';
  }

  async list(person: Person, query: RawQuery, reply: FastifyReply): Promise<string> {
    const cursor = readOne(query, 'cursor') ?? null;
    const { items, nextCursor } = await this.keeper.list(person, SITES_ON_A_PAGE, cursor);
    const lines: SiteLine[] = [];
    // One after the other: a page must not take all connections of the process for itself.
    for (const { key, name } of items) {
      const { counts } = await this.summary.read(await this.sites.byKey(key));
      lines.push({ key, name, waiting: counts.pending });
    }
    return writePage(reply, deskPage(person, null, 'Your sites', renderSites(lines, nextCursor, cursor === null)));
  }
}
