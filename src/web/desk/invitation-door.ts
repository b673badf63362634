import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Invitations } from '../../accounts/invitations.js';
import { AcceptInvitationDto } from '../../accounts/link.dto.js';
import { readSessionCookie } from '../../accounts/session-cookie.js';
import { Sessions } from '../../accounts/sessions.js';
import { SignIn } from '../../accounts/sign-in.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { readBody } from '../../platform/http/read-body.js';
import { writePage } from '../../platform/pages/page.js';
import type { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { sitePath } from './desk-links.js';
import { refusalOf } from './form-refusal.js';
import { invitationPage } from './invitation-page.js';
import { withSaid } from './said.js';

export interface LinkVisit {
  readonly token: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Who comes with an invitation sees what it is for, takes it up, and stands in the desk. The rules are Invitations'. */
@Injectable()
export class InvitationDoor {
  constructor(
    private readonly invitations: Invitations,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly address: PublicAddress,
    private readonly secrets: Secrets,
  ) {}

  async write({ token, request, reply }: LinkVisit, refusal: Problem | null = null, name = ''): Promise<string> {
    const seen = await this.invitations.look(token, request.ip);
    const cookie = readSessionCookie(request, this.address.url);
    const person = cookie === undefined ? null : await this.sessions.find(cookie);
    const page = invitationPage({ seen, token, refusal, name, signedInAs: person?.email ?? null });
    return writePage(reply, { ...page, formTargets: [this.address.origin] });
  }

  async accept(visit: LinkVisit, { name = '', password = '' }: FieldsOfForm): Promise<string> {
    const { token, request, reply } = visit;
    try {
      // Looked at before it is used up: then nothing says any more what it was for.
      const { site } = await this.invitations.look(token, request.ip);
      const answer = readBody(AcceptInvitationDto, {
        ...(name.trim() !== '' && { name }),
        ...(password !== '' && { password }),
      });
      const { account } = await this.signIn.acceptInvitation(token, answer, request, reply);
      const [path, words] = site
        ? [sitePath(site.key), `Welcome, ${account.name}. You are in.`]
        : ['/desk/sites', `Welcome, ${account.name}. You are an operator now.`];
      void reply.status(303).header('location', withSaid(this.secrets, account.id, path, words));
      return '';
    } catch (error) {
      return this.write(visit, refusalOf(error, reply), name);
    }
  }
}
