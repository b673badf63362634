// Who looks at a comment just now, so that two moderators do not read the same one. It is a courtesy: it ends by itself,
// and nothing asks for it before a decision.
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idOf, nameOf, type Caller } from '../accounts/caller.js';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import type { CommentId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';
import { viewClaim, type ClaimRow, type ClaimView } from './claim.view.js';

const SECONDS = 60;
/** A claim that ended between the two statements is asked for again. */
const TRIES = 3;

@Injectable()
export class Claims {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /**
   * Takes the comment, or holds on to it, or says whose it is.
   * @throws Problem `comment-not-found`
   */
  claim(site: KnownSite, id: CommentId, caller: Caller): Promise<ClaimView> {
    const me = idOf(caller);
    return this.database.inSite(site.id, async (manager) => {
      for (let triesLeft = TRIES; triesLeft > 0; triesLeft--) {
        const [taken] = await manager.query<ClaimRow[]>(TAKE, [site.id, id, me, nameOf(caller), SECONDS]);
        if (taken) {
          const view = viewClaim(taken, me);
          await this.changes.tellClaim(manager, { site: site.id, id, by: view.by, until: view.until });
          return view;
        }
        const [standing] = await manager.query<ClaimRow[]>(READ, [site.id, id]);
        if (standing) return viewClaim(standing, me);
        await refuseUnknown(manager, site, id);
      }
      throw new Problem('unavailable');
    });
  }

  /**
   * Gives back what is one's own; what is not, or was never taken, stays as it is.
   * @throws Problem `comment-not-found`
   */
  async release(site: KnownSite, id: CommentId, caller: Caller): Promise<void> {
    await this.database.inSite(site.id, async (manager) => {
      const by = { id: idOf(caller), name: nameOf(caller) };
      const [, count] = await manager.query<[unknown[], number]>(
        'delete from comment_claim where site_id = $1 and comment_id = $2 and actor_id = $3',
        [site.id, id, by.id],
      );
      if (count > 0) await this.changes.tellClaim(manager, { site: site.id, id, by, until: null });
      else await refuseUnknown(manager, site, id);
    });
  }
}

/** By the clock at that moment, not that of the transaction: it may have waited for the one who was first. */
const TAKE = `
  insert into comment_claim as k (site_id, comment_id, actor_id, actor_name, until)
  select c.site_id, c.id, $3, $4, clock_timestamp() + make_interval(secs => $5)
    from comment c where c.site_id = $1 and c.id = $2
  on conflict (site_id, comment_id) do update
    set actor_id = excluded.actor_id, actor_name = excluded.actor_name, until = excluded.until
    where k.actor_id = excluded.actor_id or k.until <= clock_timestamp()
  returning actor_id as id, actor_name as name, until`;

const READ = `
  select actor_id as id, actor_name as name, until from comment_claim
   where site_id = $1 and comment_id = $2 and until > clock_timestamp()`;

async function refuseUnknown(manager: EntityManager, site: KnownSite, id: CommentId): Promise<void> {
  const found: unknown[] = await manager.query('select 1 from comment where site_id = $1 and id = $2', [site.id, id]);
  if (found.length === 0) throw new Problem('comment-not-found');
}
