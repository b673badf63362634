import { choice, count, flag, id, list, nullable, object, ref, text, time, webUrl, type Schema } from '../schema.js';

const RECEIPT = 'PzPq0nR2mFh4uJ0b1kqV3mYy7cK2mX9wQ1tZs5aL8dE';

const VERIFIED: Schema = {
  type: 'boolean',
  const: true,
  description: 'A person of the site wrote it, under a name that no reader can take. Absent otherwise.',
};

/** What anybody may read. No e-mail address, no score, nothing unpublished. */
export const readerSchemas: Readonly<Record<string, Schema>> = {
  Submission: object(
    {
      id: id('The comment.'),
      status: { type: 'string', const: 'received', description: 'It is stored; screening comes next.' },
      receipt: text('By which its author asks what became of it. Not guessable: treat it as a secret.', RECEIPT),
      statusUrl: webUrl('Where the receipt is read.', `https://comments.example/v1/receipts/${RECEIPT}`),
      'emailSuggestion?': text('The address that was probably meant, when it looks mistyped.', 'ada@gmail.com'),
    },
    'The comment is safe. Keep the receipt.',
  ),
  CommentForm: object(
    {
      formToken: text('Send it back with the comment: it tells how long the writing took.', 'AAABm2c1…'),
      'challenge?': ref(
        'Challenge',
        'Only while the site is flooded. A comment without the solution is held, never refused.',
      ),
    },
    'What a form needs before it is shown.',
  ),
  Challenge: object(
    {
      algorithm: { type: 'string', const: 'SHA-256', description: 'Of the hash.' },
      salt: text('What the number is appended to.', `${'0f'.repeat(12)}?expires=1796990400&for=${'3c'.repeat(16)}&`),
      challenge: text('The hash that is looked for, in hexadecimal digits.', 'b5'.repeat(32)),
      maxNumber: count('The number is no greater.', 50_000),
      signature: text('Send it back as it is.', '9d'.repeat(16)),
    },
    'Find the number from 0 on whose decimal digits, behind the salt, make the hash. For one comment, within ten minutes.',
  ),
  Receipt: object(
    {
      id: id('The comment.'),
      status: choice(
        ['received', 'pending', 'published', 'declined'],
        'What its author may know. What is taken for spam reads as pending.',
        'pending',
      ),
      editableUntil: nullable(time('Until when its author may change the text; null when they may not.')),
      'reason?': text('What the moderators wrote to the author.', 'Please keep to the subject.'),
    },
    'What became of a comment.',
  ),
  Reported: object(
    { id: id('The comment.'), status: { type: 'string', const: 'reported', description: 'The moderators see it.' } },
    'The report arrived.',
  ),
  ThreadArticle: object({
    key: text('The site’s own key for the page.', '/2026/01/small-is-beautiful'),
    url: nullable(webUrl('Where the page is.', 'https://blog.example/2026/01/small-is-beautiful')),
    title: nullable(text('Its title.', 'Small is beautiful')),
    open: flag('Whether it takes comments now.', true),
    commentCount: count('How many comments are published.', 2),
  }),
  ThreadComment: object({
    id: id('The comment.'),
    parentId: nullable(id('The comment it answers; null for one that stands alone.')),
    author: object({
      name: text('As it was typed.', 'Ada Lovelace'),
      url: nullable(webUrl('The author’s page.', 'https://analytical.example/ada')),
      'verified?': VERIFIED,
    }),
    html: text('The text as safe HTML.', '<p>I agree with the second paragraph.</p>'),
    submittedAt: time('When it was sent.'),
    publishedAt: time('When readers could see it first. The order of the thread.'),
  }),
  Thread: object(
    {
      article: ref('ThreadArticle'),
      comments: list(ref('ThreadComment')),
      nextCursor: ref('NextCursor'),
    },
    'The published comments of an article.',
  ),
  Counts: object({
    counts: {
      type: 'object',
      description: 'By the key that was asked for.',
      additionalProperties: { type: 'integer', minimum: 0 },
      examples: [{ '/2026/01/small-is-beautiful': 2 }],
    },
  }),
  JsonFeedItem: object({
    id: text('A URN that never changes.', 'urn:uuid:019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77'),
    'url?': webUrl('The comment on its page.', 'https://blog.example/small#comment-019ab7c2'),
    'title?': text('Title of the item.', 'Small is beautiful'),
    content_html: text('The text as safe HTML.', '<p>I agree with the second paragraph.</p>'),
    date_published: time('When readers could see it first.'),
    date_modified: time('The last change a reader can see.'),
    authors: {
      ...list(
        object({
          name: text('As it was typed.', 'Ada Lovelace'),
          'url?': webUrl('Page.', 'https://analytical.example'),
        }),
      ),
      minItems: 1,
      maxItems: 1,
    },
    'language?': text('A BCP 47 tag.', 'en'),
    _winnow: object(
      {
        comment_id: id('The comment.'),
        in_reply_to: nullable(id('The comment it answers.')),
        'verified?': VERIFIED,
      },
      'Threading, and who wrote it, as an extension of JSON Feed.',
    ),
  }),
  JsonFeed: object(
    {
      version: { type: 'string', const: 'https://jsonfeed.org/version/1.1' },
      title: text('Title of the article or name of the site.', 'Small is beautiful'),
      'home_page_url?': webUrl('The article’s page.', 'https://blog.example/small'),
      feed_url: webUrl('This feed.', 'https://comments.example/v1/sites/blog/feed.json'),
      'next_url?': webUrl(
        'The page with older comments.',
        'https://comments.example/v1/sites/blog/feed.json?cursor=q83vEjRWeJCrze8SNFZ4kA',
      ),
      items: list(ref('JsonFeedItem'), 'Newest first.'),
    },
    'JSON Feed 1.1.',
  ),
  NextCursor: {
    type: ['string', 'null'],
    description: 'Send it as `cursor` for the next page; null at the end. Opaque, and good for this list alone.',
    examples: ['q83vEjRWeJCrze8SNFZ4kA'],
  },
};
