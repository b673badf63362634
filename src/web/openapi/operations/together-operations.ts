import { answers, type Operation, type OperationGroup } from '../operation.js';

const COMMENT = '/v1/sites/{site}/moderation/comments/{id}';

const NOT_FOUND = ['comment-not-found'] as const;
const OF_AUTHOR = ['comment-not-found', 'author-unknown'] as const;

interface Place {
  readonly path: string;
  /** Ends the names of the operations. */
  readonly name: string;
  readonly words: string;
  readonly problems: NonNullable<Operation['problems']>;
}

const ON_COMMENT: Place = { path: `${COMMENT}/notes`, name: 'Comment', words: 'a comment', problems: NOT_FOUND };
const ON_AUTHOR: Place = {
  ...{ path: `${COMMENT}/author/notes`, name: 'Author' },
  ...{ words: 'the author of a comment', problems: OF_AUTHOR },
};

function notesOn({ path, name, words, problems }: Place): Record<string, Operation> {
  return {
    [`GET ${path}`]: {
      id: `listNotesOn${name}`,
      summary: `Read the notes on ${words}`,
      answers: { 200: answers('Notes', 'All of them.') },
      problems,
    },
    [`POST ${path}`]: {
      id: `writeNoteOn${name}`,
      summary: `Write a note on ${words}`,
      description: 'Moderators read it, nobody else. There are at most 100.',
      answers: { 201: answers('Note', 'The new note.') },
      problems: [...problems, 'too-many-notes'],
    },
    [`DELETE ${path}/{note}`]: {
      id: `deleteNoteOn${name}`,
      summary: `Delete a note on ${words}`,
      description: 'Whoever wrote it may, and an owner.',
      answers: { 204: { description: 'It is gone.' } },
      problems,
    },
  };
}

export const togetherOperations: OperationGroup = {
  tag: 'Moderators together',
  description: 'Several people on one queue: who looks at what, what they note for each other, whom they trust or ban.',
  operations: {
    [`POST ${COMMENT}/claim`]: {
      id: 'claimComment',
      summary: 'Say that one looks at a comment',
      description:
        'For a minute: send it again to hold on to it. If a colleague has it, nothing is taken, and `isYours` is false. ' +
        'It keeps nobody from deciding.',
      answers: { 200: answers('Claim', 'Whose it is now.') },
      problems: NOT_FOUND,
    },
    [`DELETE ${COMMENT}/claim`]: {
      id: 'releaseComment',
      summary: 'Give a comment back',
      description: 'A colleague’s claim stays.',
      answers: { 204: { description: 'One has no claim on it.' } },
      problems: NOT_FOUND,
    },
    ...notesOn(ON_COMMENT),
    ...notesOn(ON_AUTHOR),
    [`PUT ${COMMENT}/author/standing`]: {
      id: 'setAuthorStanding',
      summary: 'Trust or ban the author of a comment',
      description:
        'By a rule of the site for just this address, as an owner would make it: `banned` puts every comment away as ' +
        'spam, `trusted` allows it. It counts for comments that are screened from now on.',
      answers: { 200: answers('Standing', 'What it is now.') },
      problems: [...OF_AUTHOR, 'too-many-rules'],
    },
  },
};
