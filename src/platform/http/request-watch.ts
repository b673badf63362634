import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '../ids.js';
import { notesOf } from '../logging/request-notes.js';
import { ServiceLog, type RequestLine } from '../logging/service-log.js';
import { Metrics } from '../metrics/metrics.js';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const SITE_KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Counts every request when it is answered, and tells the log of it. */
@Injectable()
export class RequestWatch {
  constructor(
    private readonly metrics: Metrics,
    private readonly log: ServiceLog,
  ) {}

  onResponse(request: FastifyRequest, reply: FastifyReply): void {
    const route = request.routeOptions.url ?? 'none';
    this.metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    this.log.request(CHANGING.has(request.method), () => describe(request, reply, route));
  }
}

function describe(request: FastifyRequest, reply: FastifyReply, route: string): RequestLine {
  const { site, id } = (request.params ?? {}) as { site?: string; id?: string };
  const { commentId, problem } = notesOf(request);
  const status = reply.statusCode;
  const comment = commentId ?? (route.includes('/comments/') && id !== undefined && isUuid(id) ? id : undefined);
  // What names no site of ours may be anything that somebody typed.
  const isKnown = site !== undefined && status !== 404 && SITE_KEY.test(site);
  return {
    requestId: request.id,
    method: request.method,
    route,
    status,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ...(isKnown && { site }),
    ...(comment !== undefined && { commentId: comment }),
    ...(problem !== undefined && { problem }),
  };
}
