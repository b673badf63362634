import { Injectable } from '@nestjs/common';
import type { Person } from '../../accounts/caller.js';
import { MakeSiteDto } from '../../administration/site.dto.js';
import { SiteKeeper } from '../../administration/site-keeper.js';
import type { SiteView } from '../../administration/site.view.js';
import { Summary } from '../../moderation/summary.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { readBody } from '../../platform/http/read-body.js';
import { writePage } from '../../platform/pages/page.js';
import { Problem } from '../../platform/problem/problem.js';
import { FirstVisits } from '../../publishing/first-visits.js';
import { PAGE_SCRIPTS } from '../pages/islands.js';
import type { OwnVisit } from './desk-account.js';
import { sitePath } from './desk-links.js';
import type { SiteVisit } from './desk-members.js';
import { deskPage } from './desk-shell.js';
import { renderFirstRun, renderFirstSite, type FirstSiteTyped } from './first-run-page.js';
import { keyOf, originOf } from './first-site.js';
import { refusalInWords, refusalOf } from './form-refusal.js';

const DEMO = 'demo';
const NO_ADDRESS = 'Write the address of your pages, as in https://blog.example.';
/** So many sites may have the same name before an operator has to choose a key. */
const MOST_TRIES = 20;

/** Leads an operator from an empty service to the first comment. The rules of a site are those of SiteKeeper. */
@Injectable()
export class DeskFirstRun {
  constructor(
    private readonly keeper: SiteKeeper,
    private readonly visits: FirstVisits,
    private readonly summary: Summary,
    private readonly address: PublicAddress,
  ) {}

  async write(
    { person, reply }: OwnVisit,
    typed: FirstSiteTyped = { name: '', address: '' },
    refusal: Problem | null = null,
  ): Promise<string> {
    const { items } = await this.keeper.list(person, 2, null);
    const title = `${refusal ? `${refusalInWords(refusal)} ` : ''}Comments on your pages`;
    const main = renderFirstSite(
      typed,
      refusal,
      items.some(({ key }) => key === DEMO),
    );
    return writePage(reply, deskPage(person, null, title, main));
  }

  async begin(visit: OwnVisit, { name = '', address = '' }: FieldsOfForm): Promise<string> {
    try {
      const { key } = await this.#make(name.trim(), address, visit.person);
      void visit.reply.status(303).header('location', sitePath(key, '/start'));
      return '';
    } catch (error) {
      return this.write(visit, { name, address }, refusalOf(error, visit.reply));
    }
  }

  async show({ site, person, reply }: SiteVisit): Promise<string> {
    const { counts } = await this.summary.read(site);
    const comments = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const main = renderFirstRun({ site, publicUrl: this.address.url, visits: this.visits.find(site.id), comments });
    const title = `The first comment, ${site.name}`;
    return writePage(reply, deskPage(person, site, title, main, { scripts: PAGE_SCRIPTS }));
  }

  /** Under the first key that is free. */
  async #make(name: string, address: string, person: Person): Promise<SiteView> {
    const origin = originOf(address);
    if (origin === null) {
      throw new Problem('invalid-body', { errors: [{ pointer: '/address', rule: 'address', detail: NO_ADDRESS }] });
    }
    const called = name === '' ? new URL(origin).host : name;
    const key = keyOf(called, origin);
    for (let tries = 1; ; tries++) {
      const asked = { key: tries === 1 ? key : `${key}-${tries}`, name: called, origins: [origin] };
      try {
        return await this.keeper.make(readBody(MakeSiteDto, asked), person);
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'site-key-taken' || tries === MOST_TRIES) throw error;
      }
    }
  }
}

/** Whether somebody has no site yet that is theirs: none, or only the one to try things out with. */
export function hasNoOwnSite(sites: readonly Pick<SiteView, 'key'>[]): boolean {
  return sites.every(({ key }) => key === DEMO);
}
