import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { SiteId } from '../platform/ids.js';
import { SiteModel } from '../lib/spam/classifier/site-model.js';
import { digestLessons } from './lesson-digest.js';
import { lockSite, readWindow, tellRewritten } from './lesson-rows.js';
import { learnAll } from './site-models.js';

/** What a site's model is when it is folded anew from all that is stored. */
export interface Relearned {
  readonly spam: number;
  readonly ham: number;
  /** Of what was learned, as it was kept decision by decision, and as it is stored; null where there is nothing. */
  readonly digestBefore: string | null;
  readonly digest: string | null;
  /** SHA-256 of the model's bytes. */
  readonly model: string;
}

/**
 * Folds the site's model anew, and compares what it is folded from with what was kept as the decisions came. Where they
 * differ, something has written past the learning; then what is stored counts, and every process folds anew.
 */
export async function relearnSite(manager: EntityManager, siteId: SiteId): Promise<Relearned> {
  const locked = await lockSite(manager, siteId);
  const lessons = await readWindow(manager, siteId);
  const model = new SiteModel();
  learnAll(model, lessons);
  const digestBefore = locked?.digest?.toString('hex') ?? null;
  const digest = digestLessons(lessons)?.toString('hex') ?? null;
  if (digest !== digestBefore) await tellRewritten(manager, siteId);
  return { ...model.learned, digestBefore, digest, model: createHash('sha256').update(model.encode()).digest('hex') };
}
