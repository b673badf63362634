import { Injectable } from '@nestjs/common';
import { ChangeSiteDto } from '../../administration/site.dto.js';
import { SiteKeeper } from '../../administration/site-keeper.js';
import { Database } from '../../platform/database/database.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { readBody } from '../../platform/http/read-body.js';
import { writePage } from '../../platform/pages/page.js';
import { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { describeSite, type KnownSite } from '../../sites/site-directory.js';
import { Site } from '../../sites/site.entity.js';
import { sitePath } from './desk-links.js';
import type { SiteVisit } from './desk-members.js';
import { deskPage } from './desk-shell.js';
import { refusalInWords, refusalOf } from './form-refusal.js';
import { openSaid, withSaid } from './said.js';
import { askedOf, readSettingsTyped } from './settings-form.js';
import { renderSettings, type SettingsAttempt } from './settings-page.js';

const NOT_ITS_KEY = { pointer: '/key', rule: 'confirmation', detail: 'This is not the key of the site.' };

/** The settings of a site and its removal, for its owners. The rules are those of SiteKeeper. */
@Injectable()
export class DeskSettings {
  constructor(
    private readonly keeper: SiteKeeper,
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  async write(
    { site: remembered, person, reply }: SiteVisit,
    raw: RawQuery,
    attempt: SettingsAttempt | null = null,
  ): Promise<string> {
    const site = await this.#asItStands(remembered);
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    const title = `${attempt ? `${refusalInWords(attempt.refusal)} ` : ''}Settings of ${site.name}`;
    const main = renderSettings(site, attempt);
    return writePage(reply, deskPage(person, site, title, main, { said, section: '/settings' }));
  }

  async change(visit: SiteVisit, fields: FieldsOfForm): Promise<string> {
    const { site, person, reply } = visit;
    const typed = readSettingsTyped(fields);
    try {
      const asked = askedOf(typed, await this.#asItStands(site));
      await this.keeper.change(site, readBody(ChangeSiteDto, asked), person);
      const path = sitePath(site.key, '/settings');
      void reply
        .status(303)
        .header('location', withSaid(this.secrets, person.accountId, path, 'The settings are saved.'));
      return '';
    } catch (error) {
      return this.write(visit, {}, { form: 'settings', typed, refusal: refusalOf(error, reply) });
    }
  }

  async remove(visit: SiteVisit, { key = '' }: FieldsOfForm): Promise<string> {
    const { site, person, reply } = visit;
    if (key.trim() !== site.key) {
      const refusal = refusalOf(new Problem('invalid-body', { errors: [NOT_ITS_KEY] }), reply);
      return this.write(visit, {}, { form: 'removal', typed: key, refusal });
    }
    await this.keeper.remove(site);
    const path = withSaid(this.secrets, person.accountId, '/desk/sites', `The site ${site.key} is removed.`);
    void reply.status(303).header('location', path);
    return '';
  }

  /**
   * Read anew: what this process remembers may be older than the form that was just sent, and whoever saves an old form
   * takes their own change back.
   */
  async #asItStands({ id }: KnownSite): Promise<KnownSite> {
    const row = await this.database.inSite(id, (manager) => manager.findOneBy(Site, { id }));
    if (!row) throw new Problem('site-not-found');
    return describeSite(row);
  }
}
