import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { belongsTo, mayAct, type Person } from '../../accounts/caller.js';
import { QueueAcrossSites } from '../../moderation/queue-across-sites.js';
import { SummaryAcrossSites } from '../../moderation/summary-across-sites.js';
import { Clock } from '../../platform/clock.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { writePage } from '../../platform/pages/page.js';
import { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { SiteDirectory } from '../../sites/site-directory.js';
import { DESK_PAGE, describeQuery, readDeskQuery } from './desk-links.js';
import { deskPage } from './desk-shell.js';
import { everywhereTitle, renderEverywhere, type CardEverywhere, type DoneThere } from './everywhere-page.js';
import { liveQueue, sceneEverywhere, script } from './live-queue.js';
import { openNotice } from './notice.js';
import type { Scene } from '../desk-app/scene.js';

/** Sites whose settings the page tells its script; of more, what holds of most sites is taken for theirs. */
const MOST_NAMED = 200;

/** Gathers what the page of the queue of all sites shows. Decisions go to the site of each comment. */
@Injectable()
export class DeskEverywhere {
  constructor(
    private readonly queue: QueueAcrossSites,
    private readonly summary: SummaryAcrossSites,
    private readonly sites: SiteDirectory,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  async write(raw: RawQuery, person: Person, reply: FastifyReply): Promise<string> {
    // A site's own articles say nothing here.
    const query = { ...readDeskQuery(raw), article: null };
    const asked = { ...Object.fromEntries(describeQuery(query)), limit: String(DESK_PAGE) };
    const { items, nextCursor } = await this.queue.list(person, asked);
    const cards: CardEverywhere[] = [];
    for (const item of items) {
      const site = await this.sites.byKey(item.site.key);
      cards.push({ item, site, mayDecide: mayAct(person, site.key, 'moderator', 'moderation:write') });
    }
    const done = await this.#findDone(raw, person);
    const summary = await this.summary.read(person, {});
    const scene = { query, cards, nextCursor, summary, done, now: this.clock.now() };
    const main = liveQueue(await this.#sceneOf(person), renderEverywhere(scene));
    return writePage(reply, deskPage(person, null, everywhereTitle(scene), main, { scripts: [script()] }));
  }

  async #sceneOf(person: Person): Promise<Scene> {
    const keys = [...person.memberships.keys()].slice(0, MOST_NAMED);
    const sites = await Promise.all(keys.map((key) => this.sites.byKey(key).catch(() => null)));
    return sceneEverywhere(
      person,
      sites.filter((site) => site !== null),
    );
  }

  /** The notice is sealed for its site: another one's key beside it opens nothing. */
  async #findDone(raw: RawQuery, person: Person): Promise<DoneThere | null> {
    const [key, sealed] = [readOne(raw, 'of'), readOne(raw, 'notice')];
    if (key === undefined || sealed === undefined || !belongsTo(person, key)) return null;
    try {
      const site = await this.sites.byKey(key);
      const notice = openNotice(this.secrets, [site.id, person.accountId], sealed);
      return notice && { site, notice };
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }
}
