import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import { readTrustedProxies } from '../config/trusted-proxies.js';
import { NestLogger, type Logger } from '../logging/logger.js';
import { ProblemFilter } from '../problem/problem.filter.js';
import type { ProblemPages } from '../problem/problem-pages.js';
import { addBodyParsers, refuseEncodedBodies } from './body-parsers.js';
import { cutUnusedConnectionsOnClose } from './connections.js';
import { answerBrokenRequest } from './broken-request.js';
import { answerWrongMethods } from './wrong-methods.js';

const BODY_LIMIT_BYTES = 256 * 1024;
/** Every request but streams ends within this, in milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 72_000;
/** 512 characters of four bytes each, percent-encoded. */
const LONGEST_PARAMETER = 512 * 4 * 3;

/** Looks at a request before its body is read. Classes of this kind are named by the roof. */
export interface RequestHook {
  onRequest(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** The HTTP face of the service, the same for `main` and for the tests. Not listening yet. */
export async function createHttpApp(
  module: unknown,
  settings: Settings,
  logger: Logger,
  hooks: readonly Type<RequestHook>[] = [],
  problemPages?: Type<ProblemPages>,
): Promise<NestFastifyApplication> {
  const filter = new ProblemFilter(logger);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    trustProxy: readTrustedProxies(settings.trustProxy) ?? false,
    // Not v7: that asks the system for randomness at every request, this one keeps a pool.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-request-id', request.id);
      filter.answer(error, request, reply);
    },
  } as ConstructorParameters<typeof FastifyAdapter>[0]);
  const app = await NestFactory.create<NestFastifyApplication>(module as Type, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.server.headersTimeout = HEADERS_TIMEOUT_MS;
  await fastify.register(cookie);
  addBodyParsers(fastify);
  addCommonHeaders(fastify);
  addRequestLog(fastify, logger);
  for (const hook of hooks) {
    const instance = app.get<RequestHook>(hook);
    fastify.addHook('onRequest', (request, reply) => instance.onRequest(request, reply));
  }
  fastify.addHook('onRequest', refuseEncodedBodies);
  cutUnusedConnectionsOnClose(fastify);
  if (problemPages) filter.writePagesBy(app.get<ProblemPages>(problemPages));
  const finish = answerWrongMethods(fastify);
  app.useGlobalFilters(filter);
  await app.init();
  finish();
  return app;
}

function addCommonHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    done();
  });
}

/** One line a request. The route's pattern, not its address: addresses hold receipts. */
function addRequestLog(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, id } = request;
    const route = request.routeOptions.url ?? 'none';
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    logger.debug({ requestId: id, method, route, status: reply.statusCode, ms }, 'request');
    done();
  });
}
