import { COMMENT_STATUSES } from '../../../comments/comment-status.js';
import { choice, count, flag, id, list, nullable, object, ref, text, time, type Schema } from '../schema.js';

const WHO = ['author', 'person', 'screening', 'service'] as const;

const event = object({
  action: text('What was done.', 'approve'),
  from: nullable(choice(COMMENT_STATUSES, 'Null for the arrival.')),
  to: choice(COMMENT_STATUSES, 'Its status after that.'),
  at: time('When.'),
  by: choice(WHO, 'Not who of the site it was: they are persons, too.'),
  reason: nullable(text('What the author may have been told.', 'Off topic')),
  note: nullable(text('For colleagues.', 'Asked twice already.')),
});

const note = object({ text: text('What was noted.', 'Writes under two names.'), at: time('When.') });

const comment = object({
  id: id('The comment’s id.'),
  article: object({
    key: text('Key of its article.', '/2026/01/small-is-beautiful'),
    url: nullable(text('Its address.', 'https://blog.example/2026/01/small-is-beautiful')),
    title: nullable(text('Its title.', 'Small is beautiful')),
  }),
  parentId: nullable(id('What it answers.')),
  status: choice(COMMENT_STATUSES, 'Where it stands.', 'published'),
  author: object({
    name: text('As typed.', 'Ada Lovelace'),
    email: text('As kept.', 'ada@example.org'),
    url: nullable(text('The website.', 'https://ada.example')),
  }),
  body: text('The text.', 'I agree.'),
  earlierTexts: list(
    object({
      body: text('What it said before.', 'I disagree.'),
      replacedAt: nullable(time('When it was replaced.')),
    }),
  ),
  language: nullable(text('As the page said.', 'en')),
  network: nullable(text('What is kept of the IP address, for some weeks.', '203.0.113.0/24')),
  secondsToWrite: nullable(count('Between the form and the comment.', 42)),
  honeypotFilled: flag('Whether the field that people do not see was filled.', false),
  submittedAt: time('When it came.'),
  publishedAt: nullable(time('When readers saw it first.')),
  editedAt: nullable(time('When its text was last changed.')),
  verdict: nullable(
    object({
      label: choice(['ham', 'unsure', 'spam'], 'What the filter took it for.'),
      probability: { type: 'number', minimum: 0, maximum: 1, description: 'Of spam.', examples: [0.02] },
      signals: list(ref('Signal'), 'Every reason.'),
    }),
  ),
  events: list(event, 'All that became of it, oldest first.'),
  notes: list(note, 'Of moderators, on this comment.'),
  reports: list(
    object({ reason: nullable(text('What a reader said of it.', 'Rude')), at: time('When.') }),
    'Of who reported nothing is known.',
  ),
  taught: nullable(choice(['ham', 'spam'], 'As what the filter learned it.')),
});

/** What is kept of one person. */
export const personSchemas: Readonly<Record<string, Schema>> = {
  PersonExport: object({
    site: object({ key: text('The site’s key.', 'blog'), name: text('Its name.', 'A blog') }),
    email: text('The address, as comments are found by it.', 'ada@example.org'),
    exportedAt: time('When it was begun.'),
    notes: list(note, 'Of moderators, on the author.'),
    rules: list(
      object({
        action: text('What becomes of their comments.', 'allow'),
        note: nullable(text('For colleagues.', 'Set at a comment of this author.')),
        createdAt: time('When it was made.'),
      }),
      'Those for this address.',
    ),
    comments: list(comment, 'Oldest first. Deleted ones are not among them: nobody knows whose they were.'),
  }),
  PersonErased: object({
    comments: count('Comments.', 12),
    notes: count('Notes on the author; those on a comment go with it.', 1),
    rules: count('Rules for the address.', 1),
    done: flag('Whether nothing is left. If not, call again.', true),
  }),
};
