import { Injectable } from '@nestjs/common';
import { ApiKeys } from '../../accounts/api-keys.js';
import { MakeApiKeyDto } from '../../administration/api-key.dto.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { readBody } from '../../platform/http/read-body.js';
import type { ApiKeyId } from '../../platform/ids.js';
import { writePage } from '../../platform/pages/page.js';
import { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { sitePath } from './desk-links.js';
import type { SiteVisit } from './desk-members.js';
import { deskPage } from './desk-shell.js';
import { refusalInWords, refusalOf } from './form-refusal.js';
import { renderKeys, renderRevocation, SCOPE_BOX, type KeysNews } from './keys-page.js';
import { openSaid, withSaid } from './said.js';

/** The keys of a site's programs, for its owners. The rules are those of ApiKeys. */
@Injectable()
export class DeskKeys {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly secrets: Secrets,
  ) {}

  async write({ site, person, reply }: SiteVisit, raw: RawQuery, news: KeysNews = {}): Promise<string> {
    const main = renderKeys(site, await this.apiKeys.list(site.id), news);
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    const title = `${news.refusal ? `${refusalInWords(news.refusal)} ` : ''}Keys of ${site.name}`;
    return writePage(reply, deskPage(person, site, title, main, { said }));
  }

  /** No redirect: the key stands in this answer and nowhere else, least of all in an address. */
  async make(visit: SiteVisit, fields: FieldsOfForm): Promise<string> {
    const boxes = Object.keys(fields).filter((name) => name.startsWith(SCOPE_BOX));
    const typed = { name: fields.name ?? '', scopes: boxes.map((name) => name.slice(SCOPE_BOX.length)) };
    try {
      const { name, scopes } = readBody(MakeApiKeyDto, typed);
      const made = await this.apiKeys.make(visit.site.id, name, scopes, visit.person);
      return await this.write(visit, {}, { made });
    } catch (error) {
      return this.write(visit, {}, { typed, refusal: refusalOf(error, visit.reply) });
    }
  }

  /** @throws Problem `api-key-not-found` */
  async askBeforeRevocation({ site, person, reply }: SiteVisit, id: ApiKeyId): Promise<string> {
    const key = (await this.apiKeys.list(site.id)).find((one) => one.id === id);
    if (!key) throw new Problem('api-key-not-found');
    return writePage(reply, deskPage(person, site, `Take back the key ${key.name}?`, renderRevocation(site, key)));
  }

  /** @throws Problem `api-key-not-found` */
  async revoke({ site, person, reply }: SiteVisit, id: ApiKeyId): Promise<string> {
    await this.apiKeys.revoke(site.id, id, person);
    const path = withSaid(this.secrets, person.accountId, sitePath(site.key, '/keys'), 'The key is taken back.');
    void reply.status(303).header('location', path);
    return '';
  }
}
