// Which sites are flooded: so many comments came in a few minutes that no readers write them, by what is usual there. Counted
// where the comments are, so that all processes find the same; a submission only says that its site is worth a look.
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { mondayBefore, mondayOf } from '../comments/week.js';
import { Clock } from '../platform/clock.js';
import { Settings } from '../platform/config/settings.js';
import { Database } from '../platform/database/database.js';
import { lowestIdAt, type SiteId } from '../platform/ids.js';
import { ServiceLog } from '../platform/logging/service-log.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { KnownSite } from '../sites/site-directory.js';

const WINDOW_MS = 5 * 60_000;
const WINDOWS_OF_A_WEEK = 2_016;
/** An article that everybody reads brings a site several times as much as usual. */
const FAR_ABOVE_USUAL = 10;
const LOOK_EVERY_MS = 2_000;
/** What was seen so long ago is looked at again before a form goes out. */
const FRESH_MS = 10_000;
/** A flood is over when no look has found it for so long. */
const LINGERS_MS = 20_000;
/** Within this time all processes know. Proofs are asked for so much sooner, and so much longer, than they are missed. */
export const TOLD_WITHIN_MS = 8_000;

interface Flood {
  readonly siteKey: string;
  readonly since: number;
  readonly until: number;
}

type WatchedSite = Pick<KnownSite, 'id' | 'key'>;

@Injectable()
export class FloodWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #floods = new Map<SiteId, Flood>();
  readonly #lookedAt = new Map<SiteId, number>();
  /** By their ids, the keys of sites that something came to since the last look. */
  #noticed = new Map<SiteId, string>();
  #looking: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly log: ServiceLog,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.#isOff) return;
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  /** A reader's comment comes to the site. */
  notice({ id, key }: WatchedSite): void {
    if (!this.#isOff) this.#noticed.set(id, key);
  }

  /** Whether a form asks for a proof. */
  async asksProof(site: WatchedSite): Promise<boolean> {
    if (this.#isOff) return false;
    const now = this.clock.now().getTime();
    if (now - (this.#lookedAt.get(site.id) ?? 0) > FRESH_MS) {
      this.notice(site);
      await this.look();
    }
    return now < (this.#floods.get(site.id)?.until ?? 0);
  }

  /** Whether a comment without one is held: not before every form can have asked, and no longer than every form asks. */
  missesProof({ id }: WatchedSite): boolean {
    const flood = this.#floods.get(id);
    if (!flood) return false;
    const now = this.clock.now().getTime();
    return now >= flood.since + TOLD_WITHIN_MS && now < flood.until - TOLD_WITHIN_MS;
  }

  /** Never fails: while the database does not answer, floods end by themselves, and nobody is held for them. */
  async look(): Promise<void> {
    // Who comes while one look is on its way may have been noticed too late for it.
    await this.#looking;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const sites = this.#noticed;
    this.#noticed = new Map();
    for (const [id, { siteKey }] of this.#floods) sites.set(id, siteKey);
    if (sites.size > 0) {
      const flooded = await this.#find([...sites.keys()]).catch(() => []);
      const now = this.clock.now().getTime();
      for (const id of sites.keys()) this.#lookedAt.set(id, now);
      for (const id of flooded) this.#hold(id, sites.get(id) ?? '', now);
    }
    this.#forget();
  }

  #hold(id: SiteId, siteKey: string, now: number): void {
    const known = this.#floods.get(id);
    this.#floods.set(id, { siteKey, since: known?.since ?? now, until: now + LINGERS_MS });
    if (known) return;
    this.metrics.floodBegan();
    this.log.flood(siteKey, 'began');
  }

  #forget(): void {
    const now = this.clock.now().getTime();
    for (const [id, at] of this.#lookedAt) if (now - at > FRESH_MS) this.#lookedAt.delete(id);
    for (const [id, { siteKey, until }] of this.#floods) {
      if (now < until) continue;
      this.#floods.delete(id);
      this.log.flood(siteKey, 'ended');
    }
  }

  async #find(sites: readonly SiteId[]): Promise<SiteId[]> {
    const now = this.clock.now();
    const week = mondayOf(now);
    const rows = await this.database.acrossSitesAtOnce<{ siteId: SiteId }>('look for floods', {
      name: 'intake-floods',
      text: FLOODED,
      values: [
        sites,
        lowestIdAt(new Date(now.getTime() - WINDOW_MS)),
        this.settings.submit.floodFrom,
        [mondayBefore(week, 1), week],
      ],
    });
    return rows.map(({ siteId }) => siteId);
  }

  get #isOff(): boolean {
    const { limitPerMinute, floodFrom } = this.settings.submit;
    return limitPerMinute === 0 || floodFrom === 0;
  }
}

/**
 * Ids tell the time, so the newest comments of a site lie together at the end of its primary key, and no more of them are
 * counted than it takes. What is usual is the busier of this week, as far as it goes, and the one before.
 */
const FLOODED = `
  select w.site_id as "siteId" from unnest($1::uuid[]) w(site_id)
   cross join lateral (
     select greatest($3::int, ${FAR_ABOVE_USUAL} * coalesce(max(f.screened), 0)::bigint / ${WINDOWS_OF_A_WEEK}) as most
       from filter_record f where f.site_id = w.site_id and f.week = any ($4::date[])) usual
   where exists (
     select 1 from comment c where c.site_id = w.site_id and c.id >= $2::uuid order by c.id offset usual.most - 1 limit 1)`;
