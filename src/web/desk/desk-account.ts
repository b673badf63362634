import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ChangeAccountDto, ChangePasswordDto } from '../../accounts/account.dto.js';
import { viewSessions } from '../../accounts/account.view.js';
import type { Person } from '../../accounts/caller.js';
import { OwnAccount } from '../../accounts/own-account.js';
import { Sessions } from '../../accounts/sessions.js';
import { Clock } from '../../platform/clock.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { readBody } from '../../platform/http/read-body.js';
import type { SessionId } from '../../platform/ids.js';
import { writePage } from '../../platform/pages/page.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { renderAccount, type AccountAttempt } from './account-page.js';
import { deskPage } from './desk-shell.js';
import { refusalInWords, refusalOf } from './form-refusal.js';
import { openSaid, withSaid } from './said.js';

const SESSIONS_ON_A_PAGE = 50;

/** Somebody at the page of their own account. */
export interface OwnVisit {
  readonly person: Person;
  readonly reply: FastifyReply;
}

/** What a person sees and changes of their own account. The rules are OwnAccount's and Sessions'. */
@Injectable()
export class DeskAccount {
  constructor(
    private readonly account: OwnAccount,
    private readonly sessions: Sessions,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  async write({ person, reply }: OwnVisit, raw: RawQuery, attempt: AccountAttempt | null = null): Promise<string> {
    const asked = { limit: SESSIONS_ON_A_PAGE, cursor: readOne(raw, 'cursor') ?? null };
    const sessions = viewSessions(await this.sessions.list(person.accountId, asked), person);
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    const main = renderAccount({ person, sessions, attempt, now: this.clock.now() });
    const title = attempt ? `${refusalInWords(attempt.refusal)} Your account` : 'Your account';
    return writePage(reply, deskPage(person, null, title, main, { said }));
  }

  async rename(visit: OwnVisit, { name = '' }: FieldsOfForm): Promise<string> {
    try {
      await this.account.change(visit.person, readBody(ChangeAccountDto, { name }));
      return this.#leave(visit, 'Your name was changed.');
    } catch (error) {
      return this.write(visit, {}, { form: 'name', name, refusal: refusalOf(error, visit.reply) });
    }
  }

  async changePassword(
    visit: OwnVisit,
    { currentPassword = '', newPassword = '' }: FieldsOfForm,
    client: string,
  ): Promise<string> {
    try {
      const body = readBody(ChangePasswordDto, { currentPassword, newPassword });
      await this.account.changePassword(visit.person, body, client);
      return this.#leave(visit, 'Your password was changed. All other sessions have ended.');
    } catch (error) {
      return this.write(visit, {}, { form: 'password', refusal: refusalOf(error, visit.reply) });
    }
  }

  async end(visit: OwnVisit, session: SessionId): Promise<string> {
    await this.sessions.revoke(visit.person.accountId, session);
    return this.#leave(visit, 'The session has ended.');
  }

  async endOthers(visit: OwnVisit): Promise<string> {
    await this.sessions.revokeOthers(visit.person.accountId, visit.person.sessionId);
    return this.#leave(visit, 'All other sessions have ended.');
  }

  #leave({ person, reply }: OwnVisit, words: string): string {
    void reply.status(303).header('location', withSaid(this.secrets, person.accountId, '/desk/account', words));
    return '';
  }
}
