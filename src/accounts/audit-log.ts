import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { SiteId } from '../platform/ids.js';
import { Secrets } from '../platform/signing/secrets.js';
import { RecordedAct } from './recorded-act.entity.js';
import { readPage, type Page, type PageAsked } from './page.js';

const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** What people and programs did on a site. It is written by `recordAct`, beside each act. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** Newest first. @throws Problem `invalid-cursor` */
  list(site: SiteId, asked: PageAsked): Promise<Page<RecordedAct>> {
    const read = (before: string, most: number): Promise<RecordedAct[]> =>
      this.database.readInSite(site, (manager) =>
        manager
          .createQueryBuilder(RecordedAct, 'a')
          .where('a.site_id = :site and a.id < :before', { site, before })
          .orderBy('a.id', 'DESC')
          .limit(most)
          .getMany(),
      );
    return readPage(this.secrets, ['audit', site], asked, read, ({ id }) => id, AFTER_ALL);
  }
}
