import { forgetOldActs } from '../../src/accounts/expiry.js';
import { AuditLog } from '../../src/accounts/audit-log.js';
import { recordAct, type Doer } from '../../src/accounts/record-act.js';
import { SiteKeeper } from '../../src/administration/site-keeper.js';
import type { Person } from '../../src/accounts/caller.js';
import { SystemClock } from '../../src/platform/clock.js';
import { newId, type AccountId, type SessionId } from '../../src/platform/ids.js';
import { RuleKeeper } from '../../src/rules/rule-keeper.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { TestStage } from '../support/test-stage.js';

const MO: Person = {
  ...{ kind: 'person', accountId: newId<AccountId>(), sessionId: newId<SessionId>(), email: 'mo@blog.example' },
  ...{ name: 'Mo', isOperator: true, memberships: new Map() },
};
const DOER: Doer = MO;

let stage: TestStage;
let site: KnownSite;
let log: AuditLog;

beforeAll(async () => {
  stage = await TestStage.open();
  log = new AuditLog(stage.database, stage.secrets);
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
});

async function actions(of = site): Promise<string[]> {
  return (await log.list(of.id, { limit: 100, cursor: null })).items.map(({ action }) => action);
}

const record = (subject: string): Promise<void> =>
  stage.database.inSite(site.id, (manager) => recordAct(manager, site.id, DOER, { action: 'article-closed', subject }));

describe('an act', () => {
  it('is there with what was done, and not without it', async () => {
    const keeper = new RuleKeeper(stage.database, stage.changes, stage.secrets, new SystemClock());
    const rule = { field: 'host', match: 'exact', value: 'casino.example', action: 'spam' } as const;
    const { id } = await keeper.make(site.id, rule, MO);
    expect(await actions()).toEqual(['rule-made']);
    await expect(keeper.change(site.id, id, { value: 'no host' }, MO)).rejects.toMatchObject({ code: 'invalid-body' });
    const undone = stage.database.inSite(site.id, async (manager) => {
      await manager.query('delete from site_rule where site_id = $1', [site.id]);
      await recordAct(manager, site.id, MO, { action: 'rule-removed' });
      throw new Error('a later fault');
    });
    await expect(undone).rejects.toThrow('a later fault');
    expect(await actions()).toEqual(['rule-made']);
    expect(await stage.rows('select 1 from site_rule where site_id = $1', [site.id])).toHaveLength(1);
  });

  it('that cannot be recorded is not done', async () => {
    const keeper = new RuleKeeper(stage.database, stage.changes, stage.secrets, new SystemClock());
    const rule = { field: 'host', match: 'exact', value: 'casino.example', action: 'spam' } as const;
    const nameless = { ...MO, name: null as unknown as string };
    await expect(keeper.make(site.id, rule, nameless)).rejects.toThrow();
    expect(await stage.rows('select 1 from site_rule where site_id = $1', [site.id])).toEqual([]);
  });

  it('is the making of the site, too', async () => {
    const keeper = new SiteKeeper(stage.database, stage.changes, stage.secrets, new SystemClock());
    await keeper.make({ key: 'made-here', name: 'Made here' }, MO);
    const { id } = await stage.one<{ id: KnownSite['id'] }>(`select id from site where key = 'made-here'`);
    expect(await actions({ ...site, id })).toEqual(['site-made']);
    await expect(keeper.make({ key: 'made-here' }, MO)).rejects.toMatchObject({ code: 'site-key-taken' });
    expect(await actions({ ...site, id })).toEqual(['site-made']);
  });
});

describe('the log', () => {
  it('is read newest first, page by page, for one site', async () => {
    const other = await stage.addSite();
    for (const subject of ['one', 'two', 'three']) await record(subject);
    expect(await actions(other)).toEqual([]);
    const first = await log.list(site.id, { limit: 2, cursor: null });
    expect(first.items.map(({ subject }) => subject)).toEqual(['three', 'two']);
    const second = await log.list(site.id, { limit: 2, cursor: first.nextCursor });
    expect(second.items.map(({ subject }) => subject)).toEqual(['one']);
    expect(second.nextCursor).toBeNull();
    await expect(log.list(other.id, { limit: 2, cursor: first.nextCursor })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
  });

  it('forgets what is older than it is kept, a few at a time', async () => {
    for (const subject of ['one', 'two', 'three']) await record(subject);
    await stage.rows(`update act set at = now() - interval '401 days' where site_id = $1 and subject <> 'three'`, [
      site.id,
    ]);
    const before = new Date(Date.now() - 400 * 86_400_000);
    const forget = (): Promise<number> =>
      stage.database.acrossSites('sweep', (manager) => forgetOldActs(manager, before, 1));
    expect([await forget(), await forget(), await forget()]).toEqual([1, 1, 0]);
    expect((await log.list(site.id, { limit: 9, cursor: null })).items.map(({ subject }) => subject)).toEqual([
      'three',
    ]);
  });
});
