import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookie } from '../../accounts/session-cookie.js';
import { Sessions } from '../../accounts/sessions.js';
import { SiteKeeper } from '../../administration/site-keeper.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { writePage } from '../../platform/pages/page.js';
import { hasNoOwnSite } from './desk-first-run.js';
import { sitePath } from './desk-links.js';
import { DeskSites } from './desk-sites.js';
import { FIRST_RUN } from './first-run-page.js';
import { deskPathOr, signInPage } from './sign-in-page.js';

/**
 * The way in: the sign-in form, the list of sites, or straight to the queue of somebody who has only one. An operator
 * who has none yet is led to making one.
 */
@Injectable()
export class DeskHome {
  constructor(
    private readonly sessions: Sessions,
    private readonly keeper: SiteKeeper,
    private readonly sites: DeskSites,
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
    if (person.isOperator && nextCursor === null && hasNoOwnSite(items)) return lead(reply, FIRST_RUN);
    const [only, another] = items;
    if (!only || another || nextCursor !== null) return this.sites.write(person, {}, reply);
    return lead(reply, sitePath(only.key));
  }
}

function lead(reply: FastifyReply, path: string): string {
  void reply.status(303).header('location', path);
  return '';
}
