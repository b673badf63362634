import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readVersion } from '../../platform/version.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { writePage, type Page } from '../../platform/pages/page.js';
import { entityTag, matchesEntityTag } from '../../publishing/entity-tag.js';
import { describeService } from './describe-service.js';
import { docsPage } from './docs-page.js';
import type { OpenApiDocument } from './openapi-document.js';
import { ServiceRoutes } from './service-routes.js';

const CACHE_CONTROL = 'public, max-age=60';

interface ReadyDocument {
  readonly body: Buffer;
  readonly etag: string;
}

/** The description of the API and the page made from it. Each is made when it is first asked for, then kept. */
@Injectable()
export class ApiDescription {
  #document: OpenApiDocument | undefined;
  #ready: ReadyDocument | undefined;
  #page: Page | undefined;

  constructor(
    private readonly routes: ServiceRoutes,
    private readonly address: PublicAddress,
  ) {}

  sendDocument(request: FastifyRequest, reply: FastifyReply): void {
    const { body, etag } = (this.#ready ??= makeReady(this.#describe()));
    void reply.headers({ etag, 'cache-control': CACHE_CONTROL, 'access-control-allow-origin': '*' });
    if (matchesEntityTag(request.headers['if-none-match'], etag)) void reply.status(304).send();
    else void reply.type('application/json; charset=utf-8').send(body);
  }

  writePage(reply: FastifyReply): string {
    return writePage(reply, (this.#page ??= docsPage(this.#describe())));
  }

  /** Not at the start: the address may be known only once it listens. */
  #describe(): OpenApiDocument {
    return (this.#document ??= describeService(this.routes.list(), this.address.url, readVersion()));
  }
}

function makeReady(document: OpenApiDocument): ReadyDocument {
  // As bytes: a text of 400 kB would be encoded anew for each reader.
  const body = Buffer.from(JSON.stringify(document));
  return { body, etag: entityTag(body) };
}
