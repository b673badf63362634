// What the members of the bodies mean, for people; what they may be stands in the DTO classes. One example of each.
import { FILTER_NAMES } from '../../moderation/jobs/job-filter.js';
import { WEIGHABLE_SIGNALS } from '../../sites/site-settings.js';

export interface InputNotes {
  readonly members: Readonly<Record<string, string>>;
  readonly example?: unknown;
}

const ID = '019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77';

export const INPUT_NOTES: Readonly<Record<string, InputNotes>> = {
  SubmitCommentInput: {
    members: {
      body: 'The comment, in Markdown without images and raw HTML.',
      parentId: 'The comment it answers: a published one of the same article.',
      articleUrl: 'Where the page is, for feeds and moderators. A web address or nothing.',
      articleTitle: 'Its title, likewise.',
      language: 'The language of the page, as in HTML.',
      formToken: 'From `GET …/form`: how long the writing took.',
      proof:
        'The solved `challenge` of `GET …/form`, while there is one: base64 of `{algorithm, challenge, number, salt, signature}`.',
      website: 'The honeypot: a field that people do not see. Filled, it speaks for spam; its content is not kept.',
    },
    example: {
      author: { name: 'Ada Lovelace', email: 'ada@analytical.org' },
      body: 'I agree with the second paragraph.',
      articleUrl: 'https://blog.example/small',
      articleTitle: 'Small is beautiful',
    },
  },
  EditCommentInput: {
    members: { body: 'The new text, in Markdown without images and raw HTML.' },
    example: { body: 'I agree with the second paragraph, and with the third.' },
  },
  ReportCommentInput: {
    members: { reason: 'For the moderators: what is wrong with it.' },
    example: { reason: 'It names a child.' },
  },
  AuthorInput: {
    members: {
      name: 'Published with the comment.',
      email: 'Never published. Checked for its form; at most 254 octets.',
      url: 'Published with the comment. A web address or nothing.',
    },
  },
  SignInInput: {
    members: { email: 'Of the account.', password: 'Of the account.' },
    example: { email: 'grace@blog.example', password: 'correct horse battery' },
  },
  ChangeAccountInput: { members: { name: 'Shown to colleagues.' }, example: { name: 'Grace' } },
  ChangePasswordInput: {
    members: { currentPassword: 'The one that is to go.', newPassword: 'The one that is to come.' },
    example: { currentPassword: 'correct horse battery', newPassword: 'staple correct horse' },
  },
  AcceptInvitationInput: {
    members: {
      name: 'Shown to colleagues. Needed for a new account, and only there.',
      password: 'A new one of 8 to 256 characters, or that of the account.',
    },
    example: { name: 'Grace', password: 'correct horse battery' },
  },
  AcceptResetInput: { members: { password: 'The new one.' }, example: { password: 'correct horse battery' } },
  ChangeMemberInput: { members: { role: 'What they may do on the site.' }, example: { role: 'moderator' } },
  InviteMemberInput: {
    members: { email: 'Who is invited. Checked for its form.', role: 'What they may do on the site.' },
    example: { email: 'grace@blog.example', role: 'moderator' },
  },
  InviteOperatorInput: {
    members: { email: 'Who is invited. Checked for its form.' },
    example: { email: 'grace@blog.example' },
  },
  PersonInput: {
    members: { email: 'Under which they wrote, however it is typed. Checked for its form.' },
    example: { email: 'ada@example.org' },
  },
  DecisionInput: {
    members: {
      version: 'The version one saw; if the comment has moved on since, it is 412.',
      reason: 'For the author: the receipt of a rejected comment shows it.',
      note: 'For colleagues only.',
    },
    example: { version: 2, note: 'A regular since 2019.' },
  },
  EditTextInput: {
    members: {
      version: 'The version one saw; if the comment has moved on since, it is 412.',
      body: 'The new text, in Markdown without images and raw HTML.',
      reason: 'For colleagues, in the history of the comment.',
    },
    example: { version: 3, body: 'I agree with the second paragraph.', reason: 'A telephone number taken out.' },
  },
  ReplyInput: {
    members: { body: 'The reply, in Markdown without images and raw HTML.' },
    example: { body: 'Thank you. It is mended.' },
  },
  PreviewCommentInput: {
    members: {
      body: 'The comment, as somebody would type it.',
      articleTitle: 'Title of the page it would stand under.',
      language: 'The language of the page, as in HTML.',
    },
    example: {
      author: { name: 'Ada Lovelace', email: 'ada@analytical.org' },
      body: 'I agree with the second paragraph.',
    },
  },
  PreviewAuthorInput: {
    members: {
      name: 'As it would be typed.',
      email: 'Likewise; what is known of this author counts as for a comment.',
      url: 'A web address or nothing.',
    },
  },
  BulkDecisionInput: {
    members: { action: 'What to do.', ids: 'With which comments; each once.', reason: 'For their authors.' },
    example: { action: 'spam', ids: [ID] },
  },
  MakeJobInput: {
    members: { action: 'What to do.', filter: 'With which comments.', reason: 'For their authors.' },
    example: { action: 'spam', filter: { status: 'pending', q: 'casino' } },
  },
  MakeJobGroupInput: {
    members: {
      action: 'What to do.',
      filter: 'With which comments; `article` is for one site alone.',
      reason: 'For their authors.',
      sites: 'On which sites; without it on all on which one may decide.',
      campaigns: 'Only these campaigns, and their sites; each once.',
    },
    example: { action: 'spam', filter: { status: 'pending', q: 'casino -site:blog' } },
  },
  JobFilterInput: {
    members: Object.fromEntries(
      FILTER_NAMES.map((name) => [name, `What \`${name}\` is in the query of the queue, in the same form.`]),
    ),
  },
  CampaignDecisionInput: {
    members: { action: 'What to do with all of its comments.', reason: 'For their authors.' },
    example: { action: 'spam' },
  },
  NoteInput: {
    members: { text: 'For colleagues only; plain text.' },
    example: { text: 'Asked by mail whether this is really her.' },
  },
  StandingInput: {
    members: { standing: 'What becomes of every comment from just this address; `none` takes either back.' },
    example: { standing: 'banned' },
  },
  CampaignsDecisionInput: {
    members: {
      action: 'What to do with all of their comments.',
      campaigns: 'Which campaigns; each once.',
      reason: 'For their authors.',
    },
    example: { action: 'spam', campaigns: [{ site: 'blog', campaign: ID }] },
  },
  CampaignOfSiteInput: { members: { site: 'Key of the site.', campaign: 'Id of the campaign there.' } },
  MakeSiteInput: {
    members: {
      key: 'Stands in every address of the site, and cannot be changed.',
      name: 'For people. The key, unless given.',
      origins: 'The pages that may post: `https://blog.example`; `https://*.blog.example` stands for one label.',
    },
    example: { key: 'blog', name: 'The Blog', origins: ['https://blog.example'] },
  },
  ChangeSiteInput: {
    members: {
      name: 'For people.',
      origins: 'All of the pages that may post: the list replaces the one before.',
    },
    example: { settings: { moderation: 'new-authors', closeAfterDays: 30 } },
  },
  SiteSettingsInput: {
    members: {
      moderation: 'Which comments that are no clear spam a person must still see.',
      publishOnApproval: 'Whether what is approved is published at once.',
      closeAfterDays: 'Days after which an article takes no new comments; null: never.',
      maxDepth: 'How deep replies nest; deeper ones stand beside their parent.',
      blindShare:
        'Of all comments, the share on which a person decides without knowing the verdict, to measure the filter. 0: none; 0.02 is enough.',
      editMinutes: 'Minutes in which an author may edit what they sent, counted from then. 0: not at all.',
      floodProof:
        'Whether forms ask for a proof of work while the site is flooded. What comes without one then is held, never refused.',
      blockedWords: 'Words and phrases that make a comment suspicious on this site.',
      reservedNames: 'Names that no reader may take on this site: those of its people, say.',
    },
  },
  ThresholdsInput: {
    members: {
      hold: 'Probability of spam from which a comment is held for a person; at most `spam`.',
      spam: 'Probability from which it is put away as spam.',
    },
  },
  WeightsInput: {
    members: Object.fromEntries(
      WEIGHABLE_SIGNALS.map((name) => [
        name,
        'Multiplies the weight of this signal: 0 switches it off, 1 is as it was.',
      ]),
    ),
  },
  ChangeArticleInput: {
    members: {
      open: 'Whether it takes comments.',
      title: 'Its title; null takes it away.',
      url: 'Where the page is; null takes it away.',
    },
    example: { open: false },
  },
  MakeRuleInput: {
    members: {
      field:
        'Where it looks: the `text` of the comment, a `host` it leads to, the author’s `name` or e-mail `address`, or the `network` it came from.',
      match:
        'How it compares: the whole (`exact`), a `word` of it, the beginning of one (`prefix`), or a `regex` (the syntax of RE2, in any case). A host includes those below it; `@mail.example` and `mail.example` are whole domains of addresses; networks have only `exact`.',
      value:
        'What it looks for. A network is written as `203.0.113.0/24`, and not narrower than /24 or /48: no more of an address is kept.',
      action:
        'What becomes of a comment it matches: a person must look (`hold`), it is put away (`spam`), or it is taken for no spam whatever it looks like (`allow`).',
      note: 'For colleagues: why it is there.',
    },
    example: {
      field: 'host',
      match: 'exact',
      value: 'casino.example',
      action: 'spam',
      note: 'Sold links here in May.',
    },
  },
  ChangeRuleInput: {
    members: {
      field: 'Where it looks.',
      match: 'How it compares.',
      value: 'What it looks for.',
      action: 'What becomes of a comment it matches.',
      note: 'For colleagues; null takes it away.',
    },
    example: { action: 'hold' },
  },
  MakeApiKeyInput: {
    members: { name: 'Which program gets it.', scopes: 'What it may do; each once.' },
    example: { name: 'static site builder', scopes: ['moderation:read', 'moderation:write'] },
  },
};
