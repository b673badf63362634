import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { Members } from '../../accounts/members.js';
import { SiteInvitations } from '../../accounts/site-invitations.js';
import { ChangeMemberDto } from '../../administration/member.dto.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { readBody } from '../../platform/http/read-body.js';
import type { AccountId } from '../../platform/ids.js';
import { writePage } from '../../platform/pages/page.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { sitePath } from './desk-links.js';
import { deskPage } from './desk-shell.js';
import { refusalInWords, refusalOf } from './form-refusal.js';
import { renderMembers, renderRemoval, type MembersNews } from './members-page.js';
import { openSaid, withSaid } from './said.js';

export const PEOPLE_ON_A_PAGE = 50;

/** An owner at the members of a site. */
export interface SiteVisit {
  readonly site: KnownSite;
  readonly person: Person;
  readonly reply: FastifyReply;
}

/** Who belongs to a site, for its owners. The rules are those of Members. */
@Injectable()
export class DeskMembers {
  constructor(
    private readonly members: Members,
    private readonly invitations: SiteInvitations,
    private readonly secrets: Secrets,
  ) {}

  async write({ site, person, reply }: SiteVisit, raw: RawQuery, news: MembersNews = {}): Promise<string> {
    const cursorOf = (name: string): string | null => readOne(raw, name) ?? null;
    const scene = {
      ...{ site, person, news },
      members: await this.members.list(site.id, { limit: PEOPLE_ON_A_PAGE, cursor: cursorOf('cursor') }),
      invitations: await this.invitations.list(site.id, { limit: PEOPLE_ON_A_PAGE, cursor: cursorOf('invited') }),
    };
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    const title = `${news.refusal ? `${refusalInWords(news.refusal)} ` : ''}Members of ${site.name}`;
    return writePage(reply, deskPage(person, site, title, renderMembers(scene), { said, section: '/members' }));
  }

  async change(visit: SiteVisit, account: AccountId, { role }: FieldsOfForm): Promise<string> {
    const { site, person } = visit;
    try {
      const body = readBody(ChangeMemberDto, { role });
      await this.members.change(site.id, account, body.role, person);
      const isStillOwner = account !== person.accountId || person.isOperator || body.role === 'owner';
      return this.#leave(visit, sitePath(site.key, isStillOwner ? '/members' : ''), 'The role was changed.');
    } catch (error) {
      return this.write(visit, {}, { refusal: refusalOf(error, visit.reply) });
    }
  }

  async askBeforeRemoval({ site, person, reply }: SiteVisit, account: AccountId): Promise<string> {
    const member = await this.members.read(site.id, account);
    const isOneself = account === person.accountId;
    const title = isOneself ? `Leave ${site.name}?` : `Remove ${member.name}?`;
    return writePage(reply, deskPage(person, site, title, renderRemoval(site, member, isOneself)));
  }

  async remove(visit: SiteVisit, account: AccountId): Promise<string> {
    const { site, person } = visit;
    try {
      await this.members.remove(site.id, account, person);
      const isGone = account === person.accountId && !person.isOperator;
      const words = isGone ? `You have left ${site.name}.` : 'The member was removed.';
      return this.#leave(visit, isGone ? '/desk/sites' : sitePath(site.key, '/members'), words);
    } catch (error) {
      return this.write(visit, {}, { refusal: refusalOf(error, visit.reply) });
    }
  }

  #leave({ person, reply }: SiteVisit, path: string, words: string): string {
    void reply.status(303).header('location', withSaid(this.secrets, person.accountId, path, words));
    return '';
  }
}
