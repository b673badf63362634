import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicAddress } from '../../platform/http/public-address.js';
import { entityTag, matchesEntityTag } from '../../publishing/entity-tag.js';
import { describeService } from './describe-service.js';
import { renderDocsPage } from './docs-page.js';
import type { OpenApiDocument } from './openapi-document.js';
import { ServiceRoutes } from './service-routes.js';

const CACHE_CONTROL = 'public, max-age=60';
/** The page needs its own style sheet and nothing else; nobody frames it. */
const PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface ReadyFile {
  readonly body: string;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The description of the API and the page made from it. Each is made when it is first asked for, then kept. */
@Injectable()
export class ApiDescription {
  #document: OpenApiDocument | undefined;
  readonly #ready = new Map<string, ReadyFile>();

  constructor(
    private readonly routes: ServiceRoutes,
    private readonly address: PublicAddress,
  ) {}

  sendDocument(request: FastifyRequest, reply: FastifyReply): void {
    const type = 'application/json; charset=utf-8';
    const headers = { 'content-type': type, 'access-control-allow-origin': '*' };
    this.#send('document', headers, () => JSON.stringify(this.#describe()), request, reply);
  }

  sendPage(request: FastifyRequest, reply: FastifyReply): void {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY };
    this.#send('page', headers, () => renderDocsPage(this.#describe()), request, reply);
  }

  sendStyle(request: FastifyRequest, reply: FastifyReply): void {
    const headers = { 'content-type': 'text/css; charset=utf-8' };
    const read = (): string => readFileSync(new URL('./docs.css', import.meta.url), 'utf8');
    this.#send('style', headers, read, request, reply);
  }

  /** Not at the start: the address may be known only once it listens. */
  #describe(): OpenApiDocument {
    return (this.#document ??= describeService(this.routes.list(), this.address.url, ownVersion()));
  }

  #send(
    name: string,
    headers: ReadyFile['headers'],
    make: () => string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const file = this.#ready.get(name) ?? makeReady(make(), headers);
    this.#ready.set(name, file);
    const { 'content-type': type = '', ...others } = file.headers;
    void reply.headers({ ...others, etag: file.etag, 'cache-control': CACHE_CONTROL });
    if (matchesEntityTag(request.headers['if-none-match'], file.etag)) void reply.status(304).send();
    else void reply.header('content-type', type).send(file.body);
  }
}

function makeReady(body: string, headers: ReadyFile['headers']): ReadyFile {
  return { body, etag: entityTag(Buffer.from(body)), headers };
}

function ownVersion(): string {
  const file = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
