import { Injectable, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Caller } from '../../accounts/caller.js';
import { recordAct, type Doer } from '../../accounts/record-act.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { countKept } from './erase-beside.js';
import { keptAuthorKey } from './kept-author-key.js';
import { READ_AT_ONCE, readBeside, readComments } from './read-person.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Writes all that a site keeps of who wrote under one address as one JSON value, a hundred comments at a time: each page
 * is a transaction of its own, so that neither memory nor a snapshot grows with the person.
 */
@Injectable()
export class PersonExport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-body` */
  async download(site: KnownSite, email: string, caller: Caller): Promise<StreamableFile> {
    const key = keptAuthorKey(email);
    await this.begin(site, key, caller);
    return new StreamableFile(Readable.from(this.write(site, key), { objectMode: false }), {
      type: 'application/json; charset=utf-8',
      // Not the address: names of downloads are written down in many places.
      disposition: 'attachment; filename="person.json"',
    });
  }

  /** @returns how many comments there are */
  begin({ id }: KnownSite, authorKey: string, by: Doer): Promise<number> {
    return this.database.inSite(id, async (manager) => {
      const { comments } = await countKept(manager, id, authorKey);
      await recordAct(manager, id, by, { action: 'person-exported', detail: { comments } });
      return comments;
    });
  }

  async *write({ id, key, name }: KnownSite, authorKey: string): AsyncGenerator<string> {
    const beside = await this.database.readInSite(id, (manager) => readBeside(manager, id, authorKey));
    const head = { site: { key, name }, email: authorKey, exportedAt: this.clock.now(), ...beside };
    yield `${JSON.stringify(head).slice(0, -1)},"comments":[`;
    let [after, separator]: [string | undefined, string] = [BEFORE_ALL, '\n'];
    while (after !== undefined) {
      const from: string = after;
      const page = await this.database.readInSite(id, (manager) => readComments(manager, id, authorKey, from));
      for (const comment of page) {
        yield separator + JSON.stringify(comment);
        separator = ',\n';
      }
      after = page.length === READ_AT_ONCE ? page.at(-1)?.id : undefined;
    }
    yield '\n]}\n';
  }
}
