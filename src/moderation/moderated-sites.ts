// On which sites somebody moderates, and the way into the rows of exactly those.
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { Database } from '../platform/database/database.js';
import { readMany, type RawQuery } from '../platform/http/query.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { describeSite, SiteDirectory, type KnownSite } from '../sites/site-directory.js';
import { Site } from '../sites/site.entity.js';

const MOST_NAMED = 100;

/** Sites by id, with their keys; or all there are, for an operator. */
export type Reach = ReadonlyMap<SiteId, string> | 'all';

@Injectable()
export class ModeratedSites {
  constructor(
    private readonly database: Database,
    private readonly sites: SiteDirectory,
  ) {}

  /**
   * The sites whose queue the caller may read, or those of them that the query names by `site`.
   * @throws Problem `site-not-found` for a named one that is not theirs
   */
  reach(caller: Caller, query: RawQuery = {}): Promise<Reach> {
    return this.reachOf(caller, namedSites(query));
  }

  /** All of theirs, or those named. @throws Problem `site-not-found` */
  async reachOf(caller: Caller, named: readonly string[]): Promise<Reach> {
    if (caller.kind === 'person' && caller.isOperator) return named.length > 0 ? this.#byKey(named) : 'all';
    const theirs = sitesOf(caller);
    const chosen = named.length === 0 ? [...theirs] : named.map((key) => [key, theirs.get(key)] as const);
    return new Map(
      chosen.map(([key, id]) => {
        if (!id) throw new Problem('site-not-found');
        return [id, key];
      }),
    );
  }

  /** A transaction behind the wall of the reach. */
  look<T>(reach: Reach, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (reach === 'all') return this.database.acrossSites('an operator moderates', work);
    return this.database.inSites([...reach.keys()], work);
  }

  /** Whose each comment is; one out of reach is missing. */
  siteOf(reach: Reach, ids: readonly CommentId[]): Promise<Map<CommentId, KnownSite>> {
    return this.look(reach, async (manager) => {
      const found: { id: CommentId; siteId: SiteId }[] = await manager.query(
        `with found as materialized (
           select c.id, c.site_id from unnest($1::uuid[]) wanted(id) join comment c on c.id = wanted.id)
         select f.id, f.site_id as "siteId" from found f where $2::uuid[] is null or f.site_id = any($2)`,
        [ids, sitesIn(reach)],
      );
      const rows = await manager.findBy(Site, { id: In([...new Set(found.map(({ siteId }) => siteId))]) });
      const sites = new Map(rows.map((row) => [row.id, describeSite(row)]));
      return new Map(found.flatMap(({ id, siteId }) => [[id, sites.get(siteId)] as const]).filter(isKnown));
    });
  }

  async #byKey(keys: readonly string[]): Promise<Reach> {
    const sites = await Promise.all(keys.map((key) => this.sites.byKey(key)));
    return new Map(sites.map(({ id, key }) => [id, key]));
  }
}

/** @throws Problem `malformed-query` */
export function namedSites(query: RawQuery): string[] {
  return readMany(query, 'site', MOST_NAMED);
}

/** For a statement: null stands for all. */
export function sitesIn(reach: Reach): SiteId[] | null {
  return reach === 'all' ? null : [...reach.keys()];
}

function sitesOf(caller: Caller): Map<string, SiteId> {
  if (caller.kind === 'program') return new Map([[caller.siteKey, caller.siteId]]);
  return new Map([...caller.memberships].map(([key, { siteId }]) => [key, siteId]));
}

function isKnown(pair: readonly [CommentId, KnownSite | undefined]): pair is [CommentId, KnownSite] {
  return pair[1] !== undefined;
}
