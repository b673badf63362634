// The wall of row-level security: who may look across sites, and who may move the wall.
import ts from 'typescript';
import type { House, SourceFile } from '../house.js';
import type { Rule } from '../rule.js';
import { textsOf } from '../sql.js';

const WRAPPERS = 'src/platform/database/database.ts';

/** Every call of `acrossSites` and `acrossSitesAtOnce`. Whoever adds one shows it here to the reviewer. */
const CROSSINGS = [
  'src/accounts/api-keys.ts: find a site by its key',
  'src/accounts/invitations.ts: find an invitation by its link',
  'src/accounts/sessions.ts: load the memberships of a session',
  'src/administration/demo-site.ts: make the demo site',
  'src/administration/site-keeper.ts: an operator lists sites',
  'src/administration/site-keeper.ts: an operator makes a site',
  'src/cli/admin/list-accounts.ts: list every account',
  'src/cli/person/list-sites-of-person.ts: an operator looks for a person',
  'src/cli/relearn/list-taught-sites.ts: an operator relearns',
  'src/comments/backlog.ts: measure the backlog',
  'src/intake/flood-watch.ts: look for floods',
  'src/intake/submission-store.ts: an intake batch',
  'src/learning/sweep-unlearned.job.ts: sweep',
  'src/moderation/jobs/sweep-bulk.job.ts: sweep',
  'src/moderation/jobs/sweep-bulk.job.ts: sweep',
  'src/moderation/jobs/sweep-bulk.job.ts: sweep',
  'src/moderation/moderated-sites.ts: an operator moderates',
  'src/screening/comment-preview.ts: try a text',
  'src/screening/screen-comments.job.ts: screen a batch',
  'src/screening/sweep.job.ts: sweep',
  'src/screening/sweep.job.ts: sweep',
  'src/screening/sweep.job.ts: sweep',
  'src/sites/site-directory.ts: find a site by its key',
];

const CROSSES = /^acrossSites(AtOnce)?$/;

function crossingsOf(file: SourceFile): string[] {
  return file
    .all(ts.isPropertyAccessExpression)
    .filter(({ name }) => CROSSES.test(name.text) && file.path !== WRAPPERS)
    .map(({ parent }) => {
      const reason = ts.isCallExpression(parent) ? parent.arguments[0] : undefined;
      return `${file.path}: ${reason && ts.isStringLiteral(reason) ? reason.text : 'a reason that is not written out'}`;
    });
}

export const listedCrossings: Rule = {
  title: 'looks across sites only where it is listed',
  check: ({ code }: House) => {
    const found = code.flatMap(crossingsOf);
    return [
      ...without(found, CROSSINGS).map((crossing) => `${crossing} is not listed`),
      ...without(CROSSINGS, found).map((crossing) => `${crossing} is listed and gone`),
    ];
  },
  breaches: [
    {
      of: 'a call that nobody listed',
      texts: { 'src/sites/a.ts': "this.database.acrossSites('sweep', work);" },
      fault: 'src/sites/a.ts: sweep is not listed',
    },
    {
      of: 'a second call of one that is listed',
      texts: {
        'src/intake/submission-store.ts': "d.acrossSites('an intake batch', a); d.acrossSites('an intake batch', b);",
      },
      fault: 'src/intake/submission-store.ts: an intake batch is not listed',
    },
    {
      of: 'a statement at once that nobody listed',
      texts: { 'src/sites/a.ts': "this.database.acrossSitesAtOnce('sweep', statement);" },
      fault: 'src/sites/a.ts: sweep is not listed',
    },
    {
      of: 'a wrapper passed on without a call',
      texts: { 'src/sites/a.ts': 'const open = database.acrossSites;' },
      fault: 'src/sites/a.ts: a reason that is not written out is not listed',
    },
  ],
};

/** What is left of the first list when each of the second has taken one away. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = [...list];
  for (const one of taken) if (left.includes(one)) left.splice(left.indexOf(one), 1);
  return left;
}

export const everyReasonUsed: Rule = {
  title: 'has no reason to look across sites that nobody has',
  check: (house) => {
    const wrappers = house.file(WRAPPERS);
    const type = wrappers?.all(ts.isTypeAliasDeclaration).find(({ name }) => name.text === 'CrossSiteReason')?.type;
    const reasons = type && ts.isUnionTypeNode(type) ? type.types.map((one) => one.getText().slice(1, -1)) : [];
    const used = new Set(house.code.flatMap(crossingsOf).map((crossing) => crossing.split(': ')[1]));
    return reasons
      .filter((reason) => !used.has(reason))
      .map((reason) => `${WRAPPERS} names "${reason}", which nobody uses`);
  },
  breaches: [
    {
      of: 'a reason of old',
      texts: { [WRAPPERS]: "type CrossSiteReason = 'sweep' | 'tea';", 'src/a.ts': "d.acrossSites('sweep', work)" },
      fault: `${WRAPPERS} names "tea", which nobody uses`,
    },
  ],
};

const MOVES_THE_WALL =
  /set_config\(\s*'app\.(site_ids?|across_sites)|-c\s*app\.(site_ids?|across_sites)|\bset\s+((local|session)\s+)?app\.(site_ids?|across_sites)|\b(set|reset)\s+((local|session)\s+)?role\b|row_security|\bno force row level|disable row level/i;

/** Triggers that take along what a foreign key would, and set the wall back as it was. */
const KEYLESS = [
  'src/migrations/1763800006000-no-foreign-keys-on-the-hot-path.ts',
  'src/migrations/1763800010000-campaigns.ts',
];
/** Fill a column of every site's rows anew, as the owner, whom the wall binds too. */
const FILLING = [
  'src/migrations/1763800011000-reputation.ts',
  'src/migrations/1763800012000-learning.ts',
  'src/migrations/1763800016000-doubtful-first.ts',
  'src/migrations/1763800017000-together.ts',
];
/** Copy every site's rows, as the owner: out of the database, and into an empty one. */
const COPYING = ['src/platform/backup/write-backup.ts', 'src/platform/backup/restore-backup.ts'];

export const oneWallMover: Rule = {
  title: 'sets the site of a transaction in database.ts only',
  check: ({ code }: House) =>
    code
      .filter(({ path }) => ![WRAPPERS, ...KEYLESS, ...FILLING, ...COPYING].includes(path))
      .flatMap((file) =>
        textsOf(file)
          .filter(({ text }) => MOVES_THE_WALL.test(text))
          .map(({ node }) => file.fault(node, 'moves the wall between sites')),
      ),
  breaches: [
    {
      of: 'another who sets the site',
      texts: { 'src/sites/a.ts': `manager.query("select set_config('app.site_id', $1, true)")` },
      fault: 'src/sites/a.ts:1 moves the wall between sites',
    },
    {
      of: 'another who lists sites',
      texts: { 'src/sites/a.ts': `manager.query("select set_config('app.site_ids', $1, true)")` },
      fault: 'src/sites/a.ts:1 moves the wall between sites',
    },
    {
      of: 'another who crosses, in a template',
      texts: { 'src/sites/a.ts': 'manager.query(`set local app.across_sites = ${on}`)' },
      fault: 'src/sites/a.ts:1 moves the wall between sites',
    },
    {
      of: 'a connection that crosses for as long as it lives',
      texts: { 'src/sites/a.ts': "const options = '-c app.across_sites=on';" },
      fault: 'src/sites/a.ts:1 moves the wall between sites',
    },
    {
      of: 'a table taken from behind the wall',
      texts: { 'src/migrations/a.ts': 'q.query(`alter table comment disable row level security`)' },
      fault: 'src/migrations/a.ts:1 moves the wall between sites',
    },
  ],
};
