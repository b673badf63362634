import { SCOPES } from '../../../platform/http/access.js';
import {
  LARGEST_BLIND_SHARE,
  LARGEST_FACTOR,
  MODERATION_POLICIES,
  MOST_EDIT_MINUTES,
  WEIGHABLE_SIGNALS,
} from '../../../sites/site-settings.js';
import {
  choice,
  count,
  flag,
  id,
  list,
  nullable,
  object,
  page,
  ref,
  text,
  time,
  webUrl,
  type Schema,
} from '../schema.js';

const probability = (description: string, example: number): Schema => {
  return { type: 'number', minimum: 0, maximum: 1, description, examples: [example] };
};

const factor: Schema = { type: 'number', minimum: 0, maximum: LARGEST_FACTOR, examples: [0.5] };

const apiKey: Readonly<Record<string, Schema>> = {
  id: id('The key’s id, by which it is revoked.'),
  name: text('Which program has it.', 'static site builder'),
  scopes: list({ type: 'string', enum: SCOPES, examples: ['moderation:read'] }, 'What it may do.'),
  createdAt: time('When it was made.'),
};

/** What an owner sees. */
export const ownerSchemas: Readonly<Record<string, Schema>> = {
  SiteSettings: object(
    {
      moderation: choice(MODERATION_POLICIES, 'Which comments that are no clear spam a person must still see.'),
      publishOnApproval: flag('Whether what is approved is published at once.', true),
      closeAfterDays: nullable(count('Days after which an article takes no new comments; null: never.', 30)),
      editMinutes: count('Minutes in which an author may edit what they sent. 0: not at all.', 15, {
        maximum: MOST_EDIT_MINUTES,
      }),
      floodProof: flag('Whether forms ask for a proof of work while the site is flooded.', true),
      maxDepth: count('How deep replies nest; deeper ones stand beside their parent.', 5),
      thresholds: object({
        hold: probability('From here on a comment is held for a person.', 0.64),
        spam: probability('From here on it is put away as spam.', 0.829),
      }),
      weights: object(
        Object.fromEntries(WEIGHABLE_SIGNALS.map((name) => [`${name}?`, factor])),
        'What the weights of signals are multiplied by; those not named count as they are.',
      ),
      blindShare: {
        ...{ type: 'number', minimum: 0, maximum: LARGEST_BLIND_SHARE, examples: [0.02] },
        description: 'Of all comments, the share on which a person decides without knowing the verdict.',
      },
      reservedNames: list({ type: 'string', examples: ['Grace'] }, 'Names that no reader may take on this site.'),
      blockedWords: list({ type: 'string', examples: ['casino'] }, 'They make a comment suspicious on this site.'),
    },
    'Every setting, those never given with their default.',
  ),
  Site: object({
    key: text('Its key, as it stands in addresses.', 'blog'),
    name: text('Its name.', 'The Blog'),
    origins: list({ type: 'string', examples: ['https://blog.example'] }, 'The pages that may post to it.'),
    settings: ref('SiteSettings'),
    createdAt: time('When it was made.'),
  }),
  SitesPage: page(ref('Site')),
  Article: object({
    key: text('The site’s own key for the page.', '/2026/01/small-is-beautiful'),
    url: nullable(webUrl('Where the page is.', 'https://blog.example/2026/01/small-is-beautiful')),
    title: nullable(text('Its title.', 'Small is beautiful')),
    open: flag('Whether an owner lets it take comments.', true),
    commentCount: count('How many comments are published.', 2),
    createdAt: time('When its first comment came.'),
  }),
  ArticlesPage: page(ref('Article')),
  ApiKey: object({
    ...apiKey,
    lastUsedAt: nullable(time('To the minute; null when it was never used.')),
  }),
  ApiKeys: object({
    items: list(ref('ApiKey')),
    nextCursor: { type: 'null', description: 'Always null: all keys are listed at once.' },
  }),
  NewApiKey: object({
    ...apiKey,
    key: text('The key itself. This is the only time it is shown.', `wnw_0123456789ab_${'0'.repeat(64)}`, {
      pattern: '^wnw_[0-9a-f]{12}_[0-9a-f]{64}$',
    }),
  }),
};
