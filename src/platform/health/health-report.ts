import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { Changes } from '../database/changes.js';
import { Database, type SchemaState } from '../database/database.js';
import { Problem } from '../problem/problem.js';
import { QueueDepths } from '../queue/queue-depths.js';
import { SharedReading } from '../shared-reading.js';
import { HealthSigns } from './health-signs.js';

export interface HealthView {
  /** `degraded`: it does its work, and something that helps it is away. */
  readonly status: 'ok' | 'degraded';
  /** A plain word for each thing that was looked at. */
  readonly checks: Readonly<Record<string, string>>;
}

/** Whatever is broken, both questions are answered within two seconds. */
const DATABASE_WITHIN_MS = 1_500;

/** Whether this process lives, and whether it can take a comment. */
@Injectable()
export class HealthReport {
  readonly #schema: SharedReading<SchemaState>;

  constructor(
    database: Database,
    private readonly changes: Changes,
    private readonly depths: QueueDepths,
    private readonly signs: HealthSigns,
    private readonly settings: Settings,
  ) {
    this.#schema = new SharedReading(() => database.schemaState(), { withinMs: DATABASE_WITHIN_MS, lifeMs: 0 });
  }

  /**
   * The process answers, and a worker finishes what is due. A process that answers readers too is not ended for a
   * stuck screening: that would take the pages away without bringing the verdicts.
   * @throws Problem `unavailable` when only a restart helps
   */
  live(): HealthView {
    const { role } = this.settings;
    const checks = { process: 'ok', ...(role !== 'web' && { screening: this.signs.screening }) };
    if (role === 'worker' && this.signs.screening === 'stuck') {
      throw failing('The screening has work and finishes nothing.', checks);
    }
    return { status: isWell(checks) ? 'ok' : 'degraded', checks };
  }

  /**
   * It can do its work. The queue may be away: comments are kept and screened later. So may the news: what is read may
   * be two seconds old then.
   * @throws Problem `unavailable` while it stops, without a database, or with one that lacks migrations
   */
  async ready(): Promise<HealthView> {
    const [schema, isQueueAnswering] = await Promise.all([this.#schema.value(), this.depths.areAnswering()]);
    const checks = {
      process: this.signs.isStopping ? 'stopping' : 'ok',
      database: schema === null ? 'silent' : 'ok',
      migrations: schema ?? 'unknown',
      news: this.changes.isLive ? 'ok' : 'behind',
      queue: isQueueAnswering ? 'ok' : 'away',
      ...(this.settings.role !== 'web' && { screening: this.signs.screening }),
    };
    if (this.signs.isStopping) throw failing('The process is stopping.', checks);
    if (schema === null) throw failing('The database does not answer.', checks);
    if (schema === 'behind') throw failing('The database lacks migrations: run `winnow migrate`.', checks);
    return { status: isWell(checks) ? 'ok' : 'degraded', checks };
  }
}

/** A database that is ahead was migrated by the next version, which older processes outlive during an upgrade. */
function isWell(checks: Readonly<Record<string, string>>): boolean {
  return Object.values(checks).every((word) => word === 'ok' || word === 'ahead');
}

function failing(detail: string, checks: HealthView['checks']): Problem {
  return new Problem('unavailable', { detail, members: { checks } });
}
