import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { readArticleKey } from '../../comments/article-key.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { shownOr } from '../../platform/pages/html.js';
import { writePage } from '../../platform/pages/page.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { deskPage } from './desk-shell.js';
import { renderEmbed } from './embed-page.js';

/** Shows an owner how the comments come onto their pages. */
@Injectable()
export class EmbedGuide {
  constructor(private readonly address: PublicAddress) {}

  write(site: KnownSite, query: RawQuery, person: Person, reply: FastifyReply): string {
    const article = readArticleKey(shownOr(readOne(query, 'article'), '/my-page'));
    const title = `Comments on your pages, ${site.name}`;
    return writePage(
      reply,
      deskPage(person, site, title, renderEmbed(site, this.address.url, article), { section: '/embed' }),
    );
  }
}
