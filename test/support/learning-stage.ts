import type { Decision } from '../../src/comments/comment-status.js';
import { LearnDecisionsJob } from '../../src/learning/learn-decisions.job.js';
import { ExampleReader } from '../../src/learning/read-example.js';
import { relearnSite, type Relearned } from '../../src/learning/relearn-site.js';
import type { SiteModels } from '../../src/learning/site-models.js';
import { decodeSiteExample, type SiteExample } from '../../src/lib/spam/classifier/site-example.js';
import { SiteModel } from '../../src/lib/spam/classifier/site-model.js';
import { starterFilter } from '../../src/lib/spam/classifier/starter.js';
import type { CommentId } from '../../src/platform/ids.js';
import type { Submission } from '../../src/intake/submission.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { acceptedId, submission, TestStage } from './test-stage.js';

/* A stage on which people decide and the site's model learns, and what is then stored. */

const MO = { kind: 'person', id: null, name: 'Mo' } as const;

export interface LearnedRow {
  readonly commentId: CommentId;
  readonly seq: number;
  readonly label: string;
}

const BATCH = 50;

let serial = 0;

export class LearningStage {
  readonly reader = new ExampleReader(starterFilter);
  readonly job: LearnDecisionsJob;

  private constructor(readonly stage: TestStage) {
    this.job = new LearnDecisionsJob(stage.database, this.reader, stage.metrics);
  }

  static async open(): Promise<LearningStage> {
    return new LearningStage(await TestStage.open(20));
  }

  comments(site: KnownSite, count: number, body?: string): Promise<CommentId[]> {
    return this.#store(count, () => {
      const text = body ?? `Buy the tonic number ${String(++serial)} of the mountain, it cured us all.`;
      return submission(site, { body: text, author: { name: 'A', email: `a${String(++serial)}@x.example` } });
    });
  }

  /** Comments of a line each, of words that no other has. */
  bulk(site: KnownSite, count: number, wordsEach = 9): Promise<CommentId[]> {
    return this.#store(count, () => {
      const number = ++serial;
      const words = Array.from({ length: wordsEach }, (_, at) => (number * 7919 * (at + 3)).toString(36));
      return submission(site, { body: `Number ${String(number)}: ${words.join(' ')}.` });
    });
  }

  /** Many in a transaction, as the intake does when many arrive at once. */
  async #store(count: number, make: () => Submission): Promise<CommentId[]> {
    const ids: CommentId[] = [];
    for (let start = 0; start < count; start += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, count - start) }, make);
      ids.push(...(await this.stage.store.write(batch)).map(acceptedId));
    }
    return ids;
  }

  async decide(site: KnownSite, ids: readonly CommentId[], decision: Decision, reason?: string): Promise<void> {
    const requests = ids.map((id) => ({ id, decision, reason }));
    await this.stage.database.inSite(site.id, (manager) =>
      this.stage.mover.decide(manager, { id: site.id, publishOnApproval: true }, requests, MO, new Date()),
    );
  }

  async decided(site: KnownSite, decision: Decision, reason?: string): Promise<CommentId> {
    const [id] = await this.comments(site, 1);
    await this.decide(site, [id!], decision, reason);
    return id!;
  }

  learn(site: KnownSite): Promise<void> {
    return this.job.run({ sites: [site.id] });
  }

  rows(site: KnownSite): Promise<LearnedRow[]> {
    return this.stage.rows(
      `select comment_id as "commentId", seq::int, label from learned_comment where site_id = $1 order by seq`,
      [site.id],
    );
  }

  async labels(site: KnownSite): Promise<string[]> {
    return (await this.rows(site)).map(({ label }) => label);
  }

  /** All that is stored of what was learned, to the byte. */
  stored(site: KnownSite): Promise<unknown> {
    return this.stage.rows(
      `select l.*, s.digest from learned_comment l join learned_site s using (site_id) where site_id = $1 order by seq`,
      [site.id],
    );
  }

  relearn(site: KnownSite): Promise<Relearned> {
    return this.stage.database.inSite(site.id, (manager) => relearnSite(manager, site.id));
  }

  async modelBy(models: SiteModels, site: KnownSite): Promise<SiteModel | undefined> {
    const found = await this.stage.database.acrossSites('screen a batch', (manager) => models.of(manager, [site.id]));
    return found.get(site.id);
  }

  example(text: string): SiteExample {
    return decodeSiteExample(this.reader.read(text));
  }

  /** The definition: a fold over the stored examples in their order. */
  async foldOfAll(site: KnownSite): Promise<string> {
    const all = await this.stage.rows<{ label: string; example: Buffer }>(
      'select label, example from learned_comment where site_id = $1 order by seq',
      [site.id],
    );
    const examples = all.map((row) => ({ example: decodeSiteExample(row.example), isSpam: row.label === 'spam' }));
    return bytesOf(SiteModel.fold(examples));
  }
}

export function bytesOf(model: SiteModel | undefined): string {
  return Buffer.from(model?.encode() ?? []).toString('hex');
}
