import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError, type Logger } from '../logging/logger.js';
import { noteRequest } from '../logging/request-notes.js';
import { Problem, problemBody, type ProblemExtras } from './problem.js';
import type { ProblemCode } from './problem-catalogue.js';
import type { ProblemPages } from './problem-pages.js';

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed-body',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  422: 'invalid-body',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** SQLSTATEs and errors that mean "not now": no connection, no slot, a statement or a lock that took too long. */
const NOT_NOW = /^(08|53|57P|57014|55P03|40|25006|25P03)/;
const NETWORK_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);
const NOT_NOW_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable|Query read timeout|ENOENT.*\.s\.PGSQL/;

/** What TypeORM says of a transaction whose connection broke between two statements: nothing of it was committed. */
const CONNECTION_LOST = /^QueryRunner(Provider)?AlreadyReleasedError$/;

/** Every refusal leaves through here, as problem+json or as a page for a person. What nobody expected is a 500 with an empty hand and a full log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  #pages: ProblemPages | null = null;

  constructor(private readonly logger: Logger) {}

  /** Called once, before the first request: the pages are made by rooms that need this filter's app. */
  writePagesBy(pages: ProblemPages): void {
    this.#pages = pages;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = toProblem(thrown);
    noteRequest(request, { problem: problem.code });
    // A refusal of our own is in the line of its request; thousands of them are no news.
    const isMeant = thrown instanceof Problem && problem.status === 503;
    if (problem.status >= 500 && !isMeant) this.#log(thrown, problem, request);
    if (reply.sent) return;
    const path = request.url.split('?')[0] ?? '';
    void reply
      .status(problem.status)
      .headers({ ...standingHeaders(problem), ...problem.extras.headers })
      .header('cache-control', 'no-store');
    const page = this.#pageOf(problem, request, reply);
    if (page !== null) void reply.send(page);
    else void reply.type('application/problem+json').send(JSON.stringify(problemBody(problem, path, request.id)));
  }

  /** A fault in a page must not cost the answer itself. */
  #pageOf(problem: Problem, request: FastifyRequest, reply: FastifyReply): string | null {
    try {
      return this.#pages?.render(problem, request, reply) ?? null;
    } catch (thrown) {
      this.#log(thrown, new Problem('internal'), request);
      return null;
    }
  }

  #log(thrown: unknown, problem: Problem, request: FastifyRequest): void {
    const level = problem.status === 503 ? 'warn' : 'error';
    this.logger[level]({ requestId: request.id, problem: problem.code, ...describeError(thrown) }, 'failed');
  }
}

export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof HttpException) return ofStatus(thrown.getStatus());
  const error = (thrown ?? {}) as {
    statusCode?: number;
    code?: string;
    message?: string;
    name?: string;
    driverError?: { code?: string };
  };
  if (error.code === 'FST_ERR_BAD_URL' || thrown instanceof URIError) return new Problem('malformed-path');
  if (typeof error.statusCode === 'number' && error.statusCode < 500) return ofStatus(error.statusCode);
  const code = error.driverError?.code ?? error.code ?? '';
  if (NOT_NOW.test(code) || NETWORK_AWAY.has(code) || NOT_NOW_MESSAGE.test(error.message ?? ''))
    return new Problem('unavailable');
  if (CONNECTION_LOST.test(error.name ?? '')) return new Problem('unavailable');
  return new Problem('internal', { detail: '' });
}

function ofStatus(status: number): Problem {
  const extras: ProblemExtras = {};
  const code = BY_STATUS[status];
  if (code) return new Problem(code, extras);
  return status < 500 ? new Problem('malformed-body', extras) : new Problem('internal', { detail: '' });
}

/** What every answer of its status must carry: RFC 9110 asks for a challenge with each 401. */
export function standingHeaders({ status }: Problem): Record<string, string> {
  if (status === 503) return { 'retry-after': '5' };
  return status === 401 ? { 'www-authenticate': 'Bearer realm="winnow"' } : {};
}
