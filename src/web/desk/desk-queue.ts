import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { mayAct, type Person } from '../../accounts/caller.js';
import { ModerationQueue } from '../../moderation/moderation-queue.js';
import { Summary } from '../../moderation/summary.js';
import { Clock } from '../../platform/clock.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { writePage } from '../../platform/pages/page.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { readDeskQuery } from './desk-links.js';
import { deskPage } from './desk-shell.js';
import { liveQueue, sceneOfSite, script } from './live-queue.js';
import { openNotice } from './notice.js';
import { openSaid } from './said.js';
import { queueTitle, renderQueue, type QueueScene } from './queue-page.js';

/** Gathers what the page of a queue shows. */
@Injectable()
export class DeskQueue {
  constructor(
    private readonly queue: ModerationQueue,
    private readonly summary: Summary,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  async write(site: KnownSite, raw: RawQuery, person: Person, reply: FastifyReply): Promise<string> {
    const query = readDeskQuery(raw);
    const scene: QueueScene = {
      site,
      query,
      page: await this.queue.list(site, query, person),
      summary: await this.summary.read(site),
      notice: openNotice(this.secrets, [site.id, person.accountId], readOne(raw, 'notice')),
      mayDecide: mayAct(person, site.key, 'moderator', 'moderation:write'),
      allPicked: readOne(raw, 'all') === '1',
      now: this.clock.now(),
    };
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    const main = liveQueue(sceneOfSite(person, site), renderQueue(scene));
    return writePage(
      reply,
      deskPage(person, site, queueTitle(scene), main, { said, section: '', scripts: [script()] }),
    );
  }
}
