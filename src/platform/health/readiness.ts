import { Injectable } from '@nestjs/common';
import { Changes } from '../database/changes.js';
import { Database } from '../database/database.js';
import { Problem } from '../problem/problem.js';

export interface ReadinessView {
  readonly status: 'ok';
  readonly checks: {
    readonly database: 'ok';
    /** `behind`: news from the other processes do not arrive; feeds may be two seconds old. */
    readonly news: 'ok' | 'behind';
  };
}

@Injectable()
export class Readiness {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** @throws Problem `unavailable` */
  async check(): Promise<ReadinessView> {
    try {
      await this.database.ping();
    } catch {
      throw new Problem('unavailable', { detail: 'The database does not answer.' });
    }
    return { status: 'ok', checks: { database: 'ok', news: this.changes.isLive ? 'ok' : 'behind' } };
  }
}
