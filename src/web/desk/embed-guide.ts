import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import type { RawQuery } from '../../platform/http/query.js';
import { publishAsset } from '../../platform/pages/assets.js';
import { writePage } from '../../platform/pages/page.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { PAGE_SCRIPTS } from '../pages/islands.js';
import { deskPage } from './desk-shell.js';
import { readEmbedChoices } from './embed-choices.js';
import { renderEmbed, renderPreview } from './embed-page.js';

const PREVIEW_STYLE = publishAsset(new URL('./preview.css', import.meta.url));

/** Shows an owner how the comments come onto their pages. */
@Injectable()
export class EmbedGuide {
  constructor(private readonly address: PublicAddress) {}

  write(site: KnownSite, query: RawQuery, person: Person, reply: FastifyReply): string {
    const scene = { site, publicUrl: this.address.url, choices: readEmbedChoices(query) };
    const place = { section: '/embed', scripts: PAGE_SCRIPTS } as const;
    const page = deskPage(person, site, `Comments on your pages, ${site.name}`, renderEmbed(scene), place);
    return writePage(reply, { ...page, holdsFrames: true });
  }

  preview(site: KnownSite, query: RawQuery, reply: FastifyReply): string {
    const scene = { site, publicUrl: this.address.url, choices: readEmbedChoices(query) };
    return writePage(reply, {
      title: 'Preview of the widget',
      main: renderPreview(scene),
      styles: [PREVIEW_STYLE],
      scripts: ['/embed.js'],
      isFramed: true,
    });
  }
}
