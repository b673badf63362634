import type { Role } from '../../platform/http/access.js';

/** The roles in the words of the pages, the least first. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly a: string; readonly may: string }>> = {
  viewer: { a: 'a viewer', may: 'see its comments and decide nothing' },
  moderator: { a: 'a moderator', may: 'decide about its comments' },
  owner: { a: 'an owner', may: 'decide about its comments, its settings and its members' },
};

export const ROLE_CHOICES: readonly (readonly [Role, string])[] = [
  ['viewer', 'Viewer'],
  ['moderator', 'Moderator'],
  ['owner', 'Owner'],
];
