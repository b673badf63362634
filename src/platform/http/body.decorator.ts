import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { isForm } from './body-parsers.js';
import { readBody } from './read-body.js';

/** What a route takes as its body. It stands on the handler, so that the API's description can read it there. */
export interface BodyParameter {
  readonly dto: ClassConstructor<object>;
  readonly optional: boolean;
}

export const BODY = 'winnow:body';

const body = createParamDecorator(({ dto, optional }: BodyParameter, context: ExecutionContext): object => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  if (isForm(request)) throw new Problem('unsupported-media-type', { detail: 'Send application/json.' });
  return readBody(dto, request.body === undefined && optional ? {} : request.body);
});

/** The request's JSON body as a checked DTO. */
export const JsonBody = (dto: ClassConstructor<object>): ParameterDecorator => bodyOf({ dto, optional: false });

/** The same where no body at all is as good as an empty object. */
export const OptionalJsonBody = (dto: ClassConstructor<object>): ParameterDecorator => bodyOf({ dto, optional: true });

/** The fields of a form of our own pages, as typed; JSON is refused here as forms are everywhere else. */
export const FormFields = createParamDecorator((_: unknown, context: ExecutionContext): FieldsOfForm => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  if (request.body !== undefined && !isForm(request)) {
    throw new Problem('unsupported-media-type', { detail: 'Send a form.' });
  }
  return (request.body ?? {}) as FieldsOfForm;
});

export type FieldsOfForm = Readonly<Record<string, string | undefined>>;

function bodyOf(parameter: BodyParameter): ParameterDecorator {
  return (controller, method, position) => {
    body(parameter)(controller, method, position);
    const handler: unknown = method === undefined ? undefined : Reflect.get(controller, method);
    if (typeof handler === 'function') Reflect.defineMetadata(BODY, parameter, handler);
  };
}
