import type { SiteId } from '../../src/platform/ids.js';
import { wrongCampaigns } from './campaigns.js';
import type { TestStage } from './test-stage.js';

/** What must hold whatever happened: chains without holes, counts that count, a seq without holes. */
export async function expectSoundMoves(stage: TestStage, site: SiteId): Promise<void> {
  const broken = await stage.rows(
    `select e.comment_id, e.version from comment_event e
       left join comment_event p on p.site_id = e.site_id and p.comment_id = e.comment_id and p.version = e.version - 1
      where e.site_id = $1 and (e.version > 1 and p.version is null or e.from_status is distinct from p.to_status)`,
    [site],
  );
  expect(broken).toEqual([]);
  const behind = await stage.rows(
    `select c.id from comment c where c.site_id = $1 and not exists (
       select 1 from comment_event e where e.site_id = c.site_id and e.comment_id = c.id and e.version = c.version
          and e.to_status = c.status)`,
    [site],
  );
  expect(behind).toEqual([]);
  const seqs = await stage.rows<{ seq: number }>(
    'select seq::int from comment_event where site_id = $1 and seq is not null order by seq',
    [site],
  );
  expect(seqs.map(({ seq }) => seq)).toEqual(seqs.map((_, index) => index + 1));
  await expectCounts(stage, site, seqs.length);
}

async function expectCounts(stage: TestStage, site: SiteId, seq: number): Promise<void> {
  const real = await stage.countByStatus(site);
  const [kept] = await stage.rows<Record<string, number>>(
    'select seq::int, pending, spam, approved, published, rejected, deleted from site_counter where site_id = $1',
    [site],
  );
  const statuses = ['pending', 'spam', 'approved', 'published', 'rejected', 'deleted'];
  const counted = Object.fromEntries(statuses.map((status) => [status, real[status] ?? 0]));
  expect(kept ?? { ...counted, seq }).toEqual({ ...counted, seq });
  const wrong = await stage.rows(
    `select a.key from article a where a.site_id = $1 and a.published_count <> (
       select count(*) from comment c where c.site_id = a.site_id and c.article_id = a.id and c.status = 'published')`,
    [site],
  );
  expect(wrong).toEqual([]);
  expect(await wrongCampaigns(stage, site)).toEqual([]);
}
