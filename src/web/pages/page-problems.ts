import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SUBMISSION_ROUTE } from '../../intake/submission-origin.js';
import { isForm } from '../../platform/http/body-parsers.js';
import { prefersHtml, prefersJson } from '../../platform/http/prefers-html.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { writePage, type Page } from '../../platform/pages/page.js';
import type { Problem } from '../../platform/problem/problem.js';
import type { ProblemPages } from '../../platform/problem/problem-pages.js';
import { deskPathOr, signInPage } from '../desk/sign-in-page.js';
import { problemPage } from './problem-page.js';
import { retryPage, type FormFieldsTyped } from './retry-page.js';

/** Addresses that are pages; nobody expects JSON of them. */
const PAGES = /^\/(demo|report\/.*|desk(\/.*)?)?$/;
/** Addresses that answer with a page or with JSON, as they are asked. */
const BOTH = '/v1/receipts/';

/** Refusals as pages, for browsers. Programs keep getting problem+json. */
@Injectable()
export class PageProblems implements ProblemPages {
  constructor(private readonly address: PublicAddress) {}

  render(problem: Problem, request: FastifyRequest, reply: FastifyReply): string | null {
    const { accept } = request.headers;
    const route = request.is404 ? null : (request.routeOptions.url ?? null);
    if (route === SUBMISSION_ROUTE && request.method === 'POST' && isForm(request)) {
      return prefersHtml(accept) ? this.#write(reply, submissionPage(problem, request)) : null;
    }
    if (route !== null && PAGES.test(route))
      return prefersJson(accept) ? null : this.#deskOrPlain(problem, request, reply);
    const mayBePage = route === null || route.startsWith(BOTH);
    return mayBePage && prefersHtml(accept) ? this.#write(reply, problemPage(problem, request.id)) : null;
  }

  #deskOrPlain(problem: Problem, request: FastifyRequest, reply: FastifyReply): string {
    // Somebody opens the address at which a form was refused: it is in their address bar.
    if (problem.code === 'method-not-allowed' && request.method === 'GET') return lead(reply, '/desk');
    const isSignIn = request.routeOptions.url === '/desk/session';
    if (isSignIn) return this.#write(reply, signInPage({ problem, ...signInFields(request) }));
    if (problem.code !== 'not-signed-in') return this.#write(reply, problemPage(problem, request.id));
    if (request.method !== 'GET') return this.#write(reply, signInPage({ problem, email: '', to: '/desk' }));
    return lead(reply, `/desk?to=${encodeURIComponent(deskPathOr(request.url, '/desk'))}`);
  }

  /** Our own address may have another name than the one this page was asked by; a form's redirect goes to the first. */
  #write(reply: FastifyReply, page: Page): string {
    return writePage(reply, { ...page, formTargets: [this.address.origin, ...(page.formTargets ?? [])] });
  }
}

function lead(reply: FastifyReply, path: string): string {
  void reply.status(303).header('location', path);
  return '';
}

/** Without a body there is nothing to give back: it was refused before it was read. */
function submissionPage(problem: Problem, request: FastifyRequest): Page {
  const fields = request.body as FormFieldsTyped | undefined;
  return fields ? retryPage(problem, request.url.split('?')[0] ?? '', fields) : problemPage(problem, request.id);
}

function signInFields(request: FastifyRequest): { email: string; to: string } {
  const { email = '', to = '' } = (request.body ?? {}) as FormFieldsTyped;
  return { email, to: deskPathOr(to, '/desk') };
}
