import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptResetDto } from '../../accounts/link.dto.js';
import { PasswordResets } from '../../accounts/password-resets.js';
import { SignIn } from '../../accounts/sign-in.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { readBody } from '../../platform/http/read-body.js';
import { html } from '../../platform/pages/html.js';
import { writePage } from '../../platform/pages/page.js';
import type { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { momentOf } from '../pages/moment.js';
import { field } from './field.js';
import { alertOf, faultsOf, refusalInWords, refusalOf } from './form-refusal.js';
import { newPasswordField } from './invitation-page.js';
import { withSaid } from './said.js';

/** Who forgot their password writes a new one, and stands in the desk. */
@Injectable()
export class ResetDoor {
  constructor(
    private readonly resets: PasswordResets,
    private readonly signIn: SignIn,
    private readonly address: PublicAddress,
    private readonly secrets: Secrets,
  ) {}

  async write(token: string, client: string, reply: FastifyReply, refusal: Problem | null = null): Promise<string> {
    const { email, expiresAt } = await this.resets.look(token, client);
    const title = 'A new password';
    const main = html`<h1>${title}</h1>
      <p>
        Whoever is signed in to this account anywhere is signed out. The link is open until
        ${momentOf(expiresAt.toISOString())}.
      </p>
      ${alertOf(refusal)}
      <form class="sign-in" method="post" action="/desk/password-resets/${token}">
        ${field({ name: 'email', label: 'E-mail', value: email, rules: 'type="text" readonly autocomplete="username"' })}
        ${newPasswordField('password', faultsOf(refusal)['/password'])}
        <p><button class="primary">Set the password</button></p>
      </form>`;
    const heading = refusal ? `${refusalInWords(refusal)} ${title}` : title;
    return writePage(reply, { title: heading, main, formTargets: [this.address.origin] });
  }

  async accept(
    token: string,
    { password = '' }: FieldsOfForm,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string> {
    try {
      const body = readBody(AcceptResetDto, { password });
      const { account } = await this.signIn.acceptReset(token, body.password, request, reply);
      const words = 'Your new password is set, and you are signed in.';
      void reply.status(303).header('location', withSaid(this.secrets, account.id, '/desk/sites', words));
      return '';
    } catch (error) {
      return this.write(token, request.ip, reply, refusalOf(error, reply));
    }
  }
}
