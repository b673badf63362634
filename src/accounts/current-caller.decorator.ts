import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../platform/problem/problem.js';
import { callerOf, type Caller, type Person } from './caller.js';

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new Problem('not-signed-in');
  return caller;
});

export const CurrentPerson = createParamDecorator((_: unknown, context: ExecutionContext): Person => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller?.kind !== 'person') throw new Problem('not-signed-in');
  return caller;
});
