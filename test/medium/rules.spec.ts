import type { Person } from '../../src/accounts/caller.js';
import type { Decision } from '../../src/comments/comment-status.js';
import { Changes } from '../../src/platform/database/changes.js';
import { Listener } from '../../src/platform/database/listener.js';
import { newId, type AccountId, type CommentId, type SessionId } from '../../src/platform/ids.js';
import { Problem } from '../../src/platform/problem/problem.js';
import { Secrets } from '../../src/platform/signing/secrets.js';
import type { Rule } from '../../src/lib/spam/rules/rule.js';
import { RuleKeeper, type WrittenRule } from '../../src/rules/rule-keeper.js';
import { RuleTrial, type Trial, type TrialLimits } from '../../src/rules/rule-trial.js';
import { SiteRules } from '../../src/rules/site-rules.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { SetClock, TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

const CASINO: Rule = { field: 'text', match: 'word', value: 'casino', action: 'spam' };
const GRACE: Person = {
  ...{ kind: 'person', accountId: newId<AccountId>(), sessionId: 's' as SessionId, email: 'grace@blog.example' },
  ...{ name: 'Grace', isOperator: false, memberships: new Map() },
};

let stage: TestStage;
let clock: SetClock;
let keeper: RuleKeeper;

beforeAll(async () => {
  stage = await TestStage.open();
  clock = new SetClock();
  keeper = keeperOf(stage.changes);
});

afterAll(() => stage.close());

function keeperOf(changes: Changes): RuleKeeper {
  return new RuleKeeper(stage.database, changes, new Secrets(Buffer.alloc(32, 1)), clock);
}

async function refusal(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('the rules a process remembers', () => {
  /** A process's worth of rules, with news of the others. */
  async function openProcess(): Promise<{ rules: SiteRules; listener: Listener; changes: Changes }> {
    const listener = new Listener(stage.files.urls.app, Changes.channels);
    const changes = new Changes(listener);
    const rules = new SiteRules(stage.database, changes);
    await listener.open();
    return { rules, listener, changes };
  }

  it('change when another process makes, changes or removes one', async () => {
    const site = await stage.addSite();
    const here = await openProcess();
    const there = await openProcess();
    try {
      const writer = keeperOf(here.changes);
      const sizes = async (): Promise<number[]> => [
        (await here.rules.of(site.id)).size,
        (await there.rules.of(site.id)).size,
      ];
      expect(await sizes()).toEqual([0, 0]);
      const known = await there.rules.of(site.id);
      expect(await there.rules.of(site.id)).toBe(known);
      const { id } = await writer.make(site.id, CASINO, GRACE);
      expect((await here.rules.of(site.id)).size).toBe(1);
      await waitUntil(async () => (await there.rules.of(site.id)).size === 1, 'the other process has the rule', 1_500);
      await writer.change(site.id, id, { match: 'regex', value: 'cas+ino' }, GRACE);
      await waitUntil(async () => (await there.rules.of(site.id)).hasPatterns, 'the other has it changed', 1_500);
      await writer.remove(site.id, id, GRACE);
      await waitUntil(async () => (await there.rules.of(site.id)).size === 0, 'the other has it no more', 1_500);
    } finally {
      await here.listener.close();
      await there.listener.close();
    }
  });

  it('are those of the site that is asked for', async () => {
    const [mine, other] = [await stage.addSite(), await stage.addSite()];
    await keeper.make(mine.id, CASINO, GRACE);
    const rules = new SiteRules(stage.database, stage.changes);
    expect([(await rules.of(mine.id)).size, (await rules.of(other.id)).size]).toEqual([1, 0]);
  });
});

describe('a site that is removed', () => {
  it('takes its rules along, and no others', async () => {
    const [mine, other] = [await stage.addSite(), await stage.addSite()];
    for (const { id } of [mine, other]) await keeper.make(id, CASINO, GRACE);
    await stage.database.inSite(mine.id, (manager) => manager.query('delete from site where id = $1', [mine.id]));
    const left = await stage.rows('select site_id from site_rule where site_id = any($1)', [[mine.id, other.id]]);
    expect(left).toEqual([{ site_id: other.id }]);
    expect((await refusal(keeper.make(mine.id, CASINO, GRACE))).code).toBe('site-not-found');
  });
});

describe('the number of rules', () => {
  it('ends at a thousand, also when many are added at once', async () => {
    const site = await stage.addSite();
    await stage.postgres.query(
      `insert into site_rule select $1, gen_random_uuid(), 'text', 'word', 'word ' || n, 'hold', null, now(), 'A'
         from generate_series(1, 995) n`,
      [site.id],
    );
    const made = await Promise.allSettled(Array.from({ length: 10 }, () => keeper.make(site.id, CASINO, GRACE)));
    const refused = made.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(made.length - refused.length).toBe(5);
    expect(refused.map(({ reason }) => (reason as Problem).code)).toEqual(Array(5).fill('too-many-rules'));
    const first = (await keeper.list(site.id, { limit: 1, cursor: null })).items[0];
    await keeper.remove(site.id, first!.id, GRACE);
    expect(await keeper.make(site.id, CASINO, GRACE)).toMatchObject({ value: 'casino', createdBy: 'Grace' });
  });

  it('of expressions is limited by what they cost together', async () => {
    const site = await stage.addSite();
    const large: WrittenRule = { field: 'text', match: 'regex', value: '(?:ab){90}', action: 'hold' };
    const made = [await keeper.make(site.id, large, GRACE), await keeper.make(site.id, large, GRACE)];
    const problem = await refusal(keeper.make(site.id, large, GRACE));
    expect([problem.code, problem.extras.detail]).toEqual([
      'too-many-rules',
      expect.stringMatching(/500 steps together/),
    ]);
    await keeper.make(site.id, { ...large, value: 'cas+ino' }, GRACE);
    // Its own steps are not counted twice.
    expect(await keeper.change(site.id, made[0]!.id, { value: '(?:abc){60}' }, GRACE)).toMatchObject({
      value: '(?:abc){60}',
    });
    await keeper.change(site.id, made[0]!.id, { match: 'word', value: 'ab' }, GRACE);
    await keeper.make(site.id, large, GRACE);
  });

  it('and what they say are refused with their place', async () => {
    const site = await stage.addSite();
    const { id } = await keeper.make(site.id, CASINO, GRACE);
    const pointer = async (given: Partial<Rule>): Promise<unknown> =>
      (await refusal(keeper.change(site.id, id, given, GRACE))).extras.errors?.[0]?.pointer;
    expect(await pointer({ field: 'network' })).toBe('/match');
    expect(await pointer({ field: 'network', match: 'exact' })).toBe('/value');
    expect(await pointer({ match: 'regex', value: '(' })).toBe('/value');
    expect(await keeper.read(site.id, id)).toMatchObject(CASINO);
  });
});

describe('a trial', () => {
  let trial: RuleTrial;

  beforeAll(() => {
    trial = new RuleTrial(stage.database, clock);
  });

  /** Comments of this text that people have decided on in this way, one after the other. */
  async function decided(
    site: KnownSite,
    decisions: readonly Decision[],
    body: string,
    count = 1,
  ): Promise<CommentId[]> {
    const author = { name: 'Ada', email: 'ada@mail.example' };
    // Each text once: a repeat within the minute would be the same comment.
    const texts = Array.from({ length: count }, (_, n) => (n === 0 ? body : `${body} ${n}`));
    const ids = (await Promise.all(texts.map((text) => stage.receive(site, 1, { body: text, author })))).flat();
    for (const decision of decisions) await decide(site, ids, decision);
    return ids;
  }

  async function decide(site: KnownSite, ids: readonly CommentId[], decision: Decision): Promise<void> {
    const requests = ids.map((id) => ({ id, decision }));
    const actor = { kind: 'person', id: null, name: 'Grace' } as const;
    await stage.database.inSite(site.id, async (manager) => {
      const outcomes = await stage.mover.decide(manager, { ...site, ...site.settings }, requests, actor, clock.now());
      const kinds = outcomes.map(({ ruling }) => ruling.kind);
      if (kinds.some((kind) => kind !== 'moved')) throw new Error(`${decision}: ${kinds.join()}`);
    });
  }

  async function tried(
    site: KnownSite,
    rule: Partial<Rule> = {},
    limits?: TrialLimits,
  ): Promise<Omit<Trial, 'examples'>> {
    const { examples: _, ...counts } = await trial.run(site, { ...CASINO, ...rule }, limits);
    return counts;
  }

  it('counts what was caught, what wrongly, and shows examples of each', async () => {
    const site = await stage.addSite();
    const [spam] = await decided(site, ['spam'], 'Best casino\n\nof the town');
    await decided(site, ['spam'], 'Cheap pills');
    const [ham] = await decided(site, ['publish'], `A casino in the novel. ${'Long. '.repeat(60)}`);
    await decided(site, ['approve'], 'A garden in May');
    const result = await trial.run(site, CASINO);
    expect(result).toEqual({
      ...{ days: 30, decided: 4, caught: 2, wrongly: 1, capped: false },
      examples: {
        caught: [
          {
            ...{ id: spam, authorName: 'Ada', article: '/post', excerpt: 'Best casino of the town' },
            decidedAt: clock.now().toISOString(),
          },
        ],
        wrong: [expect.objectContaining({ id: ham, excerpt: expect.stringMatching(/^A casino.{190,}…$/) as string })],
      },
    });
    expect(await tried(site, { action: 'hold' })).toMatchObject({ caught: 2, wrongly: 1 });
    expect(await tried(site, { action: 'allow' })).toMatchObject({ caught: 2, wrongly: 1 });
    expect((await trial.run(site, { ...CASINO, action: 'allow' })).examples.wrong).toMatchObject([{ id: spam }]);
    expect(await tried(site, { field: 'address', match: 'exact', value: '@mail.example' })).toMatchObject({
      caught: 4,
    });
    expect(await tried(site, { field: 'network', match: 'exact', value: '203.0.0.0/16' })).toMatchObject({ caught: 4 });
    expect(await tried(site, { field: 'network', match: 'exact', value: '198.51.0.0/16' })).toMatchObject({
      caught: 0,
    });
  });

  it.each([
    [['spam'], 'spam'],
    [['publish'], 'ham'],
    [['publish', 'unpublish'], 'ham'],
    [['spam', 'publish'], 'ham'],
    [['publish', 'spam', 'undo'], 'ham'],
    [['spam', 'publish', 'undo', 'publish', 'undo'], 'spam'],
    [['publish', 'undo'], 'nothing'],
    [['spam', 'undo', 'publish'], 'ham'],
    [['spam', 'restore'], 'nothing'],
    [['spam', 'restore', 'undo'], 'spam'],
    [['reject'], 'nothing'],
    [['spam', 'reject'], 'nothing'],
    [['spam', 'delete'], 'nothing'],
    [[], 'nothing'],
  ] as [Decision[], string][])('takes %j for %s', async (decisions, label) => {
    const site = await stage.addSite();
    await decided(site, decisions, 'The casino');
    const { decided: count, caught, wrongly } = await tried(site);
    expect([count, caught, wrongly]).toEqual({ spam: [1, 1, 0], ham: [1, 1, 1], nothing: [0, 0, 0] }[label]);
  });

  it('looks thirty days back and no further, and not at other sites', async () => {
    const [site, other] = [await stage.addSite(), await stage.addSite()];
    await decided(other, ['spam'], 'The casino');
    await decided(site, ['spam'], 'The old casino');
    clock.passMs(29 * 86_400_000);
    await decided(site, ['spam'], 'The new casino');
    expect(await tried(site)).toMatchObject({ decided: 2, caught: 2 });
    clock.passMs(2 * 86_400_000);
    expect(await tried(site)).toMatchObject({ decided: 1, caught: 1 });
  });

  it('reads on over many decisions of one moment, each once', async () => {
    const site = await stage.addSite();
    await decided(site, ['spam', 'publish', 'undo'], 'The casino', 333);
    await decided(site, ['publish'], 'The garden', 200);
    expect(await tried(site)).toMatchObject({ decided: 533, caught: 333, wrongly: 0, capped: false });
  });

  it('says so when it did not look at everything, for their number or for the time', async () => {
    const site = await stage.addSite();
    await decided(site, ['spam'], 'The casino', 5);
    clock.passMs(1_000);
    await decided(site, ['publish'], 'The garden', 5);
    const limits = { most: 5, budgetMs: 60_000, stretchMs: 0 };
    expect(await tried(site, {}, limits)).toMatchObject({ decided: 5, caught: 0, capped: true });
    expect(await tried(site, {}, { ...limits, most: 10 })).toMatchObject({ decided: 10, caught: 5, capped: false });
    expect(await tried(site, {}, { ...limits, most: 10, budgetMs: -1 })).toMatchObject({ decided: 0, capped: true });
  });

  it('lets others work, and not too many of its kind at once', async () => {
    const site = await stage.addSite();
    await decided(site, ['spam'], 'The casino', 20);
    const all = await Promise.allSettled([tried(site), tried(site), tried(site)]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(all[2]).toMatchObject({ reason: { code: 'unavailable' } });
    expect(await tried(site)).toMatchObject({ decided: 20 });
  });

  it('of what can be no rule is refused', async () => {
    const site = await stage.addSite();
    expect((await refusal(tried(site, { match: 'regex', value: '(' }))).code).toBe('invalid-body');
  });
});
