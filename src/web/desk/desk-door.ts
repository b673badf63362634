import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { SignIn } from '../../accounts/sign-in.js';
import { SignInDto } from '../../accounts/sign-in.dto.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readBody } from '../../platform/http/read-body.js';
import { deskPathOr } from './sign-in-page.js';

/** Signing in and out by a form. What goes wrong is shown by PageProblems, with the form again. */
@Injectable()
export class DeskDoor {
  constructor(private readonly signIn: SignIn) {}

  async enter(fields: FieldsOfForm, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { email = '', password = '', to = '' } = fields;
    await this.signIn.open(readBody(SignInDto, { email, password }), request, reply);
    void reply.status(303).header('location', deskPathOr(to, '/desk'));
  }

  async leave(person: Person, reply: FastifyReply): Promise<void> {
    await this.signIn.close(person, reply);
    void reply.status(303).header('location', '/desk');
  }
}
