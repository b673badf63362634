import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openReceipt } from '../comments/receipt.js';
import { parseUrl } from '../lib/markup/parse-url.js';
import { isForm } from '../platform/http/body-parsers.js';
import type { RequestHook } from '../platform/http/http-app.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import { isRegistered } from '../sites/origins.js';
import { SiteDirectory, type KnownSite } from '../sites/site-directory.js';

export const SUBMISSION_ROUTE = '/v1/sites/:site/articles/:article/comments';
const RECEIPT_ROUTE = '/v1/receipts/:receipt';
const REPORT_ROUTE = `${SUBMISSION_ROUTE}/:id/report`;
/** The page on which a reader without a script reports. */
export const REPORT_PAGE_ROUTE = '/report/:site/:article/:id';
const ROUTES = [SUBMISSION_ROUTE, RECEIPT_ROUTE, REPORT_ROUTE, REPORT_PAGE_ROUTE];
const WRITES = ['POST', 'PATCH', 'DELETE'];
const EXPOSED = 'Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id';

/** A comment that is sent, edited, deleted or reported. */
export function isReadersWrite({ method, routeOptions }: FastifyRequest): boolean {
  return WRITES.includes(method) && ROUTES.includes(routeOptions.url ?? '');
}

function isPreflight({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'OPTIONS' && ROUTES.includes(routeOptions.url ?? '');
}

/**
 * Which web pages may post, edit, delete and report. It looks before the body is read, so that even the refusal of a
 * body reaches the page that sent it. Only a known origin is echoed. `null` (a sandboxed frame, a file) is left to the
 * form token.
 */
@Injectable()
export class SubmissionOrigin implements RequestHook {
  constructor(
    private readonly sites: SiteDirectory,
    private readonly secrets: Secrets,
  ) {}

  onRequest(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
    if (!isReadersWrite(request) && !isPreflight(request)) return undefined;
    return this.#check(request, reply);
  }

  async #check(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined) return;
    if (origin === 'null' && isForm(request)) return;
    const { origins } = await this.#siteOf(request.params as { site?: string; receipt?: string });
    const isOwn = parseUrl(origin)?.host === request.headers.host;
    if (!isOwn && !isRegistered(origin, origins)) throw new Problem('origin-not-registered');
    void reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', EXPOSED);
  }

  /** @throws Problem `site-not-found`, `receipt-not-found` */
  async #siteOf({ site, receipt }: { site?: string; receipt?: string }): Promise<Pick<KnownSite, 'origins'>> {
    if (receipt === undefined) return this.sites.byKey(site ?? '');
    const opened = openReceipt(this.secrets, receipt);
    const known = opened && (await this.sites.byId(opened.site));
    if (!known) throw new Problem('receipt-not-found');
    return known;
  }
}
