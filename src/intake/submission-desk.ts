import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../accounts/caller.js';
import { readArticleKey } from '../comments/article-key.js';
import { makeReceipt } from '../comments/receipt.js';
import { isForm } from '../platform/http/body-parsers.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { readBody } from '../platform/http/read-body.js';
import { readIdempotencyKey } from '../platform/http/read-idempotency-key.js';
import { noteRequest } from '../platform/logging/request-notes.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import { SiteDirectory, type KnownSite } from '../sites/site-directory.js';
import { CommentIntake, type Accepted } from './comment-intake.js';
import type { FormView } from './submission-checks.js';
import { redirectTarget } from './redirect-target.js';
import { SubmissionLimit } from './submission-limit.js';
import { SubmitCommentDto } from './submit-comment.dto.js';
import { formToBody } from './submit-form.js';

export interface SubmissionView {
  readonly id: string;
  readonly status: 'received';
  readonly receipt: string;
  readonly statusUrl: string;
  readonly emailSuggestion?: string;
}

/** Reads a submission off the request, JSON or form, and writes the answer that each expects. */
@Injectable()
export class SubmissionDesk {
  constructor(
    private readonly sites: SiteDirectory,
    private readonly intake: CommentIntake,
    private readonly limit: SubmissionLimit,
    private readonly secrets: Secrets,
    private readonly address: PublicAddress,
  ) {}

  async submit(
    siteKey: string,
    article: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<SubmissionView | undefined> {
    const site = await this.sites.byKey(siteKey);
    const articleKey = readArticleKey(article);
    const isTrusted = isFromOwnProgram(request, site);
    if (!isTrusted) reply.headers(await this.limit.count(request.ip, site.id));
    const { dto, redirect } = readSubmission(request);
    this.#refuseStrayForm(dto, request, site, articleKey);
    const accepted = await this.intake.accept(dto, {
      site,
      articleKey,
      idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
      clientAddress: request.ip,
      requestId: request.id,
      isTrusted,
    });
    noteRequest(request, { commentId: accepted.id });
    return this.#answer(accepted, site, isForm(request) ? { redirect } : null, request, reply);
  }

  async form(siteKey: string, article: string): Promise<FormView> {
    const site = await this.sites.byKey(siteKey);
    return this.intake.form(site, readArticleKey(article));
  }

  /** A form of a page without an origin proves by its token that the page was made for this article. */
  #refuseStrayForm(dto: SubmitCommentDto, request: FastifyRequest, site: KnownSite, articleKey: string): void {
    if (request.headers.origin !== 'null') return;
    if (this.intake.secondsToWrite(dto.formToken, site, articleKey) === null)
      throw new Problem('origin-not-registered');
  }

  #answer(
    { id, emailSuggestion }: Accepted,
    site: KnownSite,
    form: { redirect: string | null } | null,
    request: FastifyRequest,
    reply: FastifyReply,
  ): SubmissionView | undefined {
    const receipt = makeReceipt(this.secrets, site.id, id);
    const statusUrl = `${this.address.url}/v1/receipts/${receipt}`;
    void reply.header('cache-control', 'no-store');
    if (form) {
      const own = [this.address.url, `${request.protocol}://${request.host}`];
      const target = redirectTarget(form.redirect, site.origins, own, receipt);
      void reply.status(303).header('location', target ?? statusUrl);
      return undefined;
    }
    void reply.header('location', statusUrl);
    return { id, status: 'received', receipt, statusUrl, ...(emailSuggestion !== null && { emailSuggestion }) };
  }
}

function readSubmission(request: FastifyRequest): { dto: SubmitCommentDto; redirect: string | null } {
  if (!isForm(request)) return { dto: readBody(SubmitCommentDto, request.body), redirect: null };
  const { body, redirect } = formToBody(request.body);
  return { dto: readBody(SubmitCommentDto, body), redirect };
}

/** @throws Problem `forbidden` for a key of another site or without the scope: it must not pass for a stranger. */
function isFromOwnProgram(request: FastifyRequest, site: KnownSite): boolean {
  const caller = callerOf(request);
  if (caller?.kind !== 'program') return false;
  if (caller.siteId !== site.id) throw new Problem('site-not-found');
  if (!caller.scopes.includes('comments:write')) throw new Problem('forbidden');
  return true;
}
