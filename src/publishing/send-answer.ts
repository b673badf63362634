import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseForm, headersOfKnown } from './answer-forms.js';
import type { ReadyAnswer } from './ready-answer.js';

/** @returns whether the reader had it already */
export function sendReadyAnswer(answer: ReadyAnswer, { headers }: FastifyRequest, reply: FastifyReply): boolean {
  const form = chooseForm(answer, headers['accept-encoding']);
  const known = headersOfKnown(answer, headers['if-none-match'], form);
  const flat = known ?? form.headers;
  for (let at = 0; at < flat.length; at += 2) void reply.header(flat[at] ?? '', flat[at + 1]);
  if (known) void reply.status(304).send();
  else void reply.send(form.body);
  return known !== null;
}

const EVERY_ORIGIN = ['access-control-allow-origin', '*'] as const;

/** Said before anything can fail, so that a page can also read why it got no answer. */
export function allowEveryOrigin(reply: FastifyReply): void {
  void reply.header(...EVERY_ORIGIN).header('cross-origin-resource-policy', 'cross-origin');
}

/** The same answer, past Fastify. @returns whether the reader had it already */
export function sendEarly(
  answer: ReadyAnswer,
  { headers }: Pick<IncomingMessage, 'headers'>,
  response: ServerResponse,
  standing: readonly string[],
): boolean {
  const form = chooseForm(answer, headers['accept-encoding']);
  const known = headersOfKnown(answer, headers['if-none-match'], form);
  if (known) response.writeHead(304, standing.concat(EVERY_ORIGIN, known)).end();
  else response.writeHead(200, standing.concat(EVERY_ORIGIN, form.headers)).end(form.body);
  return known !== null;
}
