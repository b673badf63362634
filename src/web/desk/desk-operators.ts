import { Injectable } from '@nestjs/common';
import { Operators } from '../../accounts/operators.js';
import { PasswordResets } from '../../accounts/password-resets.js';
import { InviteOperatorDto } from '../../administration/member.dto.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { readBody } from '../../platform/http/read-body.js';
import type { AccountId, InvitationId } from '../../platform/ids.js';
import { writePage } from '../../platform/pages/page.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { OwnVisit } from './desk-account.js';
import { PEOPLE_ON_A_PAGE } from './desk-members.js';
import { deskPage } from './desk-shell.js';
import { refusalInWords, refusalOf } from './form-refusal.js';
import type { MembersNews } from './members-page.js';
import { renderDismissal, renderOperators, renderResetLink } from './operators-page.js';
import { openSaid, withSaid } from './said.js';

const LIST = '/desk/operators';

/** Who runs the service, for those who do. The rules are those of Operators and PasswordResets. */
@Injectable()
export class DeskOperators {
  constructor(
    private readonly operators: Operators,
    private readonly resets: PasswordResets,
    private readonly secrets: Secrets,
  ) {}

  async write({ person, reply }: OwnVisit, raw: RawQuery, news: MembersNews = {}): Promise<string> {
    const pageOf = (name: string): { limit: number; cursor: string | null } => ({
      limit: PEOPLE_ON_A_PAGE,
      cursor: readOne(raw, name) ?? null,
    });
    const operators = await this.operators.list(pageOf('cursor'));
    const invitations = await this.operators.listInvitations(pageOf('invited'));
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    const title = `${news.refusal ? `${refusalInWords(news.refusal)} ` : ''}Operators`;
    const main = renderOperators({ person, operators, invitations, news });
    return writePage(reply, deskPage(person, null, title, main, { said }));
  }

  /** No redirect: the link stands in this answer and nowhere else, least of all in an address. */
  async invite(visit: OwnVisit, { email = '' }: FieldsOfForm): Promise<string> {
    try {
      const body = readBody(InviteOperatorDto, { email: email.trim() });
      const made = await this.operators.invite(body.email);
      return await this.write(visit, {}, { made });
    } catch (error) {
      return this.write(visit, {}, { typed: { email, role: '' }, refusal: refusalOf(error, visit.reply) });
    }
  }

  async withdraw(visit: OwnVisit, invitation: InvitationId): Promise<string> {
    await this.operators.withdraw(invitation);
    return this.#leave(visit, LIST, 'The invitation is withdrawn.');
  }

  async askBeforeDismissal({ person, reply }: OwnVisit, account: AccountId): Promise<string> {
    const operator = await this.operators.read(account);
    return writePage(reply, deskPage(person, null, `Dismiss ${operator.name}?`, renderDismissal(operator)));
  }

  async dismiss(visit: OwnVisit, account: AccountId): Promise<string> {
    try {
      await this.operators.dismiss(account);
      if (account === visit.person.accountId)
        return this.#leave(visit, '/desk/sites', 'You are not an operator any more.');
      return this.#leave(visit, LIST, 'The operator was dismissed.');
    } catch (error) {
      return this.write(visit, {}, { refusal: refusalOf(error, visit.reply) });
    }
  }

  /** No redirect, for the same reason. */
  async makeReset({ person, reply }: OwnVisit, account: AccountId): Promise<string> {
    const made = await this.resets.make(account);
    return writePage(reply, deskPage(person, null, 'A link for a new password', renderResetLink(made)));
  }

  #leave({ person, reply }: OwnVisit, path: string, words: string): string {
    void reply.status(303).header('location', withSaid(this.secrets, person.accountId, path, words));
    return '';
  }
}
