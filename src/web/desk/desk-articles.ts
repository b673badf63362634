import { Injectable } from '@nestjs/common';
import { ChangeArticleDto } from '../../administration/article.dto.js';
import { ArticleKeeper } from '../../administration/article-keeper.js';
import { isArticleOpen } from '../../comments/article-open.js';
import { readArticleKey } from '../../comments/article-key.js';
import { Clock } from '../../platform/clock.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { readBody } from '../../platform/http/read-body.js';
import { writePage } from '../../platform/pages/page.js';
import type { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { articlesPath, renderArticles } from './articles-page.js';
import type { SiteVisit } from './desk-members.js';
import { deskPage } from './desk-shell.js';
import { refusalInWords, refusalOf } from './form-refusal.js';
import { openSaid, withSaid } from './said.js';

const ARTICLES_ON_A_PAGE = 50;

/** The articles of a site, for its owners. The rules are those of ArticleKeeper. */
@Injectable()
export class DeskArticles {
  constructor(
    private readonly keeper: ArticleKeeper,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  async write({ site, person, reply }: SiteVisit, raw: RawQuery, refusal: Problem | null = null): Promise<string> {
    const search = textOrNull(readOne(raw, 'q'));
    const cursor = readOne(raw, 'cursor') ?? null;
    const { items, nextCursor } = await this.keeper.list(site, ARTICLES_ON_A_PAGE, cursor, search);
    const now = this.clock.now();
    const old = items.filter(
      ({ createdAt }) => !isArticleOpen({ open: true, createdAt: new Date(createdAt) }, site.settings, now),
    );
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    const tooOld = new Set(old.map(({ key }) => key));
    const main = renderArticles({ site, articles: items, tooOld, search, cursor, nextCursor, refusal });
    const title = `${refusal ? `${refusalInWords(refusal)} ` : ''}Articles of ${site.name}`;
    return writePage(reply, deskPage(person, site, title, main, { said, section: '/articles' }));
  }

  async change(visit: SiteVisit, fields: FieldsOfForm): Promise<string> {
    const { site, person, reply } = visit;
    const { key = '', open, title, q, cursor } = fields;
    try {
      const asked = open === undefined ? { title: textOrNull(title) } : { open: open === 'yes' };
      await this.keeper.change(site, readArticleKey(key), readBody(ChangeArticleDto, asked), person);
      const words =
        open === undefined
          ? 'The title is changed.'
          : open === 'yes'
            ? 'The article takes comments again.'
            : 'The article is closed. What is published stays.';
      const path = articlesPath(site.key, q ?? null, cursor ?? null);
      void reply.status(303).header('location', withSaid(this.secrets, person.accountId, path, words));
      return '';
    } catch (error) {
      return this.write(visit, { ...(q && { q }), ...(cursor && { cursor }) }, refusalOf(error, reply));
    }
  }
}

function textOrNull(typed: string | undefined): string | null {
  const text = typed?.trim() ?? '';
  return text === '' ? null : text;
}
