import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseUrl } from '../lib/markup/parse-url.js';
import { isForm } from '../platform/http/body-parsers.js';
import type { RequestHook } from '../platform/http/http-app.js';
import { Problem } from '../platform/problem/problem.js';
import { isRegistered } from '../sites/origins.js';
import { SiteDirectory } from '../sites/site-directory.js';

export const SUBMISSION_ROUTE = '/v1/sites/:site/articles/:article/comments';
const EXPOSED = 'Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id';

/**
 * Which web pages may post. It looks before the body is read, so that even the refusal of a body reaches the page that
 * sent it. Only a known origin is echoed. `null` (a sandboxed frame, a file) is left to the form token.
 */
@Injectable()
export class SubmissionOrigin implements RequestHook {
  constructor(private readonly sites: SiteDirectory) {}

  onRequest(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
    const isWrite = request.method === 'POST' || request.method === 'OPTIONS';
    if (!isWrite || request.routeOptions.url !== SUBMISSION_ROUTE) return undefined;
    return this.#check(request, reply);
  }

  async #check(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined) return;
    if (origin === 'null' && isForm(request)) return;
    const { site } = request.params as { site: string };
    const { origins } = await this.sites.byKey(site);
    const isOwn = parseUrl(origin)?.host === request.headers.host;
    if (!isOwn && !isRegistered(origin, origins)) throw new Problem('origin-not-registered');
    void reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', EXPOSED);
  }
}
