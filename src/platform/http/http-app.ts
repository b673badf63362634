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
import { answerBrokenRequests } from './broken-request.js';
import { closeConnectionsInOrder } from './connections.js';
import { answerEarly, type EarlyAnswers } from './early-answers.js';
import { requestIds } from './request-id.js';
import { asObject, securityHeaders } from './security-headers.js';
import { answerWrongMethods } from './wrong-methods.js';

const BODY_LIMIT_BYTES = 256 * 1024;
/** Every request but streams ends within this, in milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;
const HEADERS_TIMEOUT_MS = 10_000;
/**
 * A connection on which no byte goes either way for so long, or for twice as long with bytes under way, is cut: Node
 * waits without an end for a client that asks for much and reads none of it. Longer than any answer takes, and than the
 * heartbeat of an event stream.
 */
const SILENCE_MS = 20_000;
/** How often Node looks for requests that take too long: its own 30 s would add to each limit. */
const LOOK_FOR_SLOW_EVERY_MS = 2_000;
const KEEP_ALIVE_MS = 72_000;
/** 512 characters of four bytes each, percent-encoded. */
const LONGEST_PARAMETER = 512 * 4 * 3;

/** Looks at a request before its body is read, then, or after it was answered. Classes of this kind are named by the roof. */
export interface RequestHook {
  onRequest?(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined;
  /** Before anybody asks who sent it. */
  onBody?(request: FastifyRequest, reply: FastifyReply): void;
  onResponse?(request: FastifyRequest, reply: FastifyReply): void;
}

/** What the roof's rooms add to it. */
export interface HttpRooms {
  readonly hooks?: readonly Type<RequestHook>[];
  readonly early?: Type<EarlyAnswers>;
  readonly problemPages?: Type<ProblemPages>;
}

/** The HTTP face of the service, the same for `main` and for the tests. Not listening yet. */
export async function createHttpApp(
  module: unknown,
  settings: Settings,
  logger: Logger,
  { hooks = [], early, problemPages }: HttpRooms = {},
): Promise<NestFastifyApplication> {
  const filter = new ProblemFilter(logger);
  const standing = asObject(securityHeaders(settings.publicUrl));
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: SILENCE_MS,
    http: { connectionsCheckingInterval: LOOK_FOR_SLOW_EVERY_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    trustProxy: readTrustedProxies(settings.trustProxy) ?? false,
    genReqId: requestIds(settings.trustProxy),
    requestIdHeader: false,
    // What still arrives on an open connection while the server closes is answered as ever; see connections.ts.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequests(standing),
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-request-id', request.id).headers(standing);
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
  addCommonHeaders(fastify, standing);
  for (const hook of hooks) addRequestHook(fastify, app.get<RequestHook>(hook));
  fastify.addHook('onRequest', refuseEncodedBodies);
  closeConnectionsInOrder(fastify);
  if (early) answerEarly(fastify, app.get<EarlyAnswers>(early), settings);
  if (problemPages) filter.writePagesBy(app.get<ProblemPages>(problemPages));
  const finish = answerWrongMethods(fastify);
  app.useGlobalFilters(filter);
  await app.init();
  finish();
  return app;
}

/** Not as a promise where none is needed: it would cost every request some turns of the event loop. */
function addRequestHook(fastify: FastifyInstance, hook: RequestHook): void {
  if (hook.onRequest) {
    fastify.addHook('onRequest', (request, reply, done) => {
      const looking = hook.onRequest?.(request, reply);
      if (looking) {
        looking.then(() => {
          done();
        }, done);
      } else done();
    });
  }
  if (hook.onBody) {
    fastify.addHook('preHandler', (request, reply, done) => {
      hook.onBody?.(request, reply);
      done();
    });
  }
  if (!hook.onResponse) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    hook.onResponse?.(request, reply);
    done();
  });
}

function addCommonHeaders(fastify: FastifyInstance, standing: Record<string, string>): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).headers(standing);
    done();
  });
}
