// The models of the sites that are being screened, kept in memory within a bound. A process never waits for news: at
// each batch it asks which version each site is at, and so two processes that ask alike judge alike.
import { LRUCache } from 'lru-cache';
import type { EntityManager } from 'typeorm';
import { decodeSiteExample } from '../lib/spam/classifier/site-example.js';
import { SiteModel } from '../lib/spam/classifier/site-model.js';
import type { SiteId } from '../platform/ids.js';
import type { ToldLesson } from './lesson-digest.js';
import { windowOf } from './lessons.js';

/** A few hundred busy sites, or thousands of quiet ones; a model that is gone is folded again in milliseconds. */
const MOST_BYTES = 64 * 1024 * 1024;
/** What remembering costs beside the model. */
const ENTRY_BYTES = 1024;
/** Examples learned in one go: five to ten milliseconds. In between the process answers others. */
const SLICE = 50;

interface SiteVersion {
  readonly siteId: SiteId;
  readonly version: number;
  readonly rewrittenVersion: number;
}

interface Known {
  readonly model: SiteModel;
  readonly version: number;
  /** Of the last lesson in it. */
  readonly lastSeq: number;
}

export class SiteModels {
  readonly #known: LRUCache<SiteId, Known>;
  readonly #loading = new Map<SiteId, Promise<SiteModel>>();

  constructor(mostBytes = MOST_BYTES) {
    this.#known = new LRUCache({
      maxSize: mostBytes,
      sizeCalculation: ({ model }) => model.bytes + ENTRY_BYTES,
    });
  }

  /** How much memory the models take. */
  get bytes(): number {
    return this.#known.calculatedSize;
  }

  /** Of those of the sites that have taught anything. @param manager of a transaction that sees the sites */
  async of(manager: EntityManager, sites: readonly SiteId[]): Promise<Map<SiteId, SiteModel>> {
    const models = new Map<SiteId, SiteModel>();
    for (const version of await readVersions(manager, sites)) {
      const model = await this.#current(manager, version);
      // All of it undone is nothing taught, and not a model that knows nothing but how little to trust the starter.
      if (model.learned.spam + model.learned.ham > 0) models.set(version.siteId, model);
    }
    return models;
  }

  /** One load of a site at a time: two that append to the same model would learn twice. */
  async #current(manager: EntityManager, wanted: SiteVersion): Promise<SiteModel> {
    const { siteId, version } = wanted;
    for (let loading = this.#loading.get(siteId); loading; loading = this.#loading.get(siteId)) {
      await loading.catch(() => undefined);
    }
    const known = this.#known.get(siteId);
    if (known && known.version >= version) return known.model;
    const loaded = this.#load(manager, wanted, known).finally(() => this.#loading.delete(siteId));
    this.#loading.set(siteId, loaded);
    return loaded;
  }

  async #load(manager: EntityManager, wanted: SiteVersion, known: Known | undefined): Promise<SiteModel> {
    const loaded = await load(manager, wanted, known);
    this.#known.set(wanted.siteId, loaded);
    return loaded.model;
  }
}

async function readVersions(manager: EntityManager, sites: readonly SiteId[]): Promise<SiteVersion[]> {
  if (sites.length === 0) return [];
  const rows: { siteId: SiteId; version: string; rewritten: string }[] = await manager.query(
    `select site_id as "siteId", version, rewritten_version as rewritten from learned_site
      where site_id = any ($1) and version > 0`,
    [sites],
  );
  return rows.map(({ siteId, version, rewritten }) => {
    return { siteId, version: Number(version), rewrittenVersion: Number(rewritten) };
  });
}

async function load(manager: EntityManager, wanted: SiteVersion, known: Known | undefined): Promise<Known> {
  if (known && known.version >= wanted.rewrittenVersion) {
    const tail = await readAfter(manager, wanted.siteId, known.lastSeq);
    if (tail.rewrittenVersion <= known.version && tail.lessons.length <= SLICE) {
      learnAll(known.model, tail.lessons);
      return { model: known.model, version: tail.version, lastSeq: tail.lessons.at(-1)?.seq ?? known.lastSeq };
    }
  }
  const { version, lessons } = await readAfter(manager, wanted.siteId, 0);
  const window = windowOf(lessons);
  const model = new SiteModel();
  for (let start = 0; start < window.length; start += SLICE) {
    learnAll(model, window.slice(start, start + SLICE));
    await new Promise(setImmediate);
  }
  return { model, version, lastSeq: window.at(-1)?.seq ?? 0 };
}

export function learnAll(model: SiteModel, lessons: readonly ToldLesson[]): void {
  for (const { example, label } of lessons) model.learn(decodeSiteExample(example), label === 'spam');
}

interface LessonsAfter extends Omit<SiteVersion, 'siteId'> {
  readonly lessons: readonly ToldLesson[];
}

type RowAfter = Record<'version' | 'rewritten' | 'seq', string> & Pick<ToldLesson, 'label' | 'example'>;

/** One statement, so that the version and the lessons are of the same moment. */
async function readAfter(manager: EntityManager, siteId: SiteId, seq: number): Promise<LessonsAfter> {
  const rows: RowAfter[] = await manager.query(
    `select s.version, s.rewritten_version as rewritten, l.seq, l.label, l.example from learned_site s
       left join learned_comment l on l.site_id = s.site_id and l.seq > $2 where s.site_id = $1 order by l.seq`,
    [siteId, seq],
  );
  const lessons = rows.filter((row) => row.example as unknown).map((row) => ({ ...row, seq: Number(row.seq) }));
  return {
    version: Number(rows[0]?.version ?? 0),
    rewrittenVersion: Number(rows[0]?.rewritten ?? 0),
    lessons,
  };
}
