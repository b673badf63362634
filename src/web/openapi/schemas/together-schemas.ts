import { ACT_ACTIONS } from '../../../accounts/record-act.js';
import { STANDINGS_ASKED } from '../../../moderation/standing.dto.js';
import { choice, flag, id, list, nullable, object, page, ref, text, time, type Schema } from '../schema.js';

const by = object({ id: id('Account or API key.'), name: text('Its name.', 'Grace') });

export const claimChange: Readonly<Record<string, Schema>> = {
  id: id('The comment.'),
  by,
  until: nullable(time('When it ends by itself; null when it was given back.')),
};

/** What moderators know of each other's work. */
export const togetherSchemas: Readonly<Record<string, Schema>> = {
  Claim: object(
    { by, isYours: flag('Whether it is the caller’s own.', true), until: time('When it ends by itself.') },
    'Who looks at a comment just now. It keeps nobody from deciding.',
  ),
  ClaimChange: object(claimChange, 'The data of the event `claimed`.'),
  Note: object(
    {
      id: id('The note.'),
      text: text('As it was written.', 'Asked by mail whether this is really her.'),
      by,
      at: time('When.'),
    },
    'What a moderator wrote for the others.',
  ),
  Notes: object({ items: list(ref('Note'), 'Oldest first.'), nextCursor: { type: 'null' } }),
  Standing: object({ standing: choice(STANDINGS_ASKED, 'What it is now.', 'banned') }),
  Act: object(
    {
      id: id('The act.'),
      at: time('When.'),
      by: object({
        kind: choice(['person', 'program'], 'A program calls with an API key.'),
        name: text('Of the person or the key, as it was then.', 'Grace'),
      }),
      action: choice(ACT_ACTIONS, 'What was done.', 'article-closed'),
      subject: nullable(text('On whom or what; null where that is not kept.', 'Small is beautiful')),
      'detail?': { type: 'object', description: 'More of it, by its action.', examples: [{ role: 'moderator' }] },
    },
    'Something that was done on a site beside deciding on single comments.',
  ),
  ActsPage: page(ref('Act')),
};
