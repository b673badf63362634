import { answers, type OperationGroup } from '../operation.js';
import { PAGE } from '../parameters.js';

const SIGNED_IN = answers('Person', 'Who one is now.', ['Set-Cookie', 'Cache-Control']);
const SIGNING_IN = ['cross-site-request', 'too-many-requests'] as const;
const GUESSING = ' Links that open nothing count against who tries them.';

export const accountOperations: OperationGroup = {
  tag: 'Accounts',
  description: 'Signing in, one’s own account and its sessions, and the one-time links by which people come in.',
  operations: {
    'POST /v1/session': {
      id: 'signIn',
      summary: 'Sign in',
      description:
        'Sets the session cookie. Ten wrong passwords for an account from one address close the door to it for a ' +
        'quarter of an hour.',
      answers: { 200: SIGNED_IN },
      problems: [...SIGNING_IN, 'wrong-credentials'],
    },
    'GET /v1/session': {
      id: 'whoAmI',
      summary: 'See who is signed in',
      answers: { 200: answers('Person', 'The account, and the sites it is a member of.') },
    },
    'DELETE /v1/session': {
      id: 'signOut',
      summary: 'Sign out',
      answers: { 204: { description: 'The session is over everywhere.', headers: ['Set-Cookie'] } },
    },
    'GET /v1/account': {
      id: 'readAccount',
      summary: 'Read one’s own account',
      answers: { 200: answers('Account', 'The account.') },
    },
    'PATCH /v1/account': {
      id: 'changeAccount',
      summary: 'Change one’s name',
      description: 'The address cannot be changed: it is how sites know a person.',
      answers: { 200: answers('Account', 'The account as it is now.') },
    },
    'PUT /v1/account/password': {
      id: 'changePassword',
      summary: 'Change one’s password',
      description: 'Ends every other session. Wrong passwords are counted as in signing in.',
      answers: { 204: { description: 'It is changed.' } },
      problems: ['wrong-password', 'too-many-requests'],
    },
    'GET /v1/account/sessions': {
      id: 'listSessions',
      summary: 'List one’s sessions',
      parameters: PAGE,
      answers: { 200: answers('SessionsPage', 'One page of them, the oldest first.') },
    },
    'DELETE /v1/account/sessions': {
      id: 'endOtherSessions',
      summary: 'End all sessions but this one',
      answers: { 204: { description: 'They are over.' } },
    },
    'DELETE /v1/account/sessions/{session}': {
      id: 'endSession',
      summary: 'End one of one’s sessions',
      answers: { 204: { description: 'It is over.' } },
    },
    'GET /v1/invitations/{token}': {
      id: 'lookAtInvitation',
      summary: 'See what an invitation is for',
      description: `One that is unknown, used, withdrawn or expired is 404 alike.${GUESSING}`,
      answers: { 200: answers('SeenInvitation', 'What it offers, and to whom.', ['Cache-Control']) },
      problems: ['invitation-not-found', 'too-many-requests'],
    },
    'POST /v1/invitations/{token}/acceptance': {
      id: 'acceptInvitation',
      summary: 'Take an invitation up',
      description:
        'Whoever is new sends a name and a password of 8 to 256 characters. Whoever has an account sends its ' +
        `password, or nothing while signed in as it. It works once, and signs in.${GUESSING}`,
      answers: { 201: SIGNED_IN },
      problems: [...SIGNING_IN, 'invitation-not-found', 'account-exists', 'wrong-credentials'],
    },
    'GET /v1/password-resets/{token}': {
      id: 'lookAtPasswordReset',
      summary: 'See whose password a link sets',
      description: `One that is unknown, used or expired is 404 alike.${GUESSING}`,
      answers: { 200: answers('SeenPasswordReset', 'Whose it is.', ['Cache-Control']) },
      problems: ['password-reset-not-found', 'too-many-requests'],
    },
    'POST /v1/password-resets/{token}': {
      id: 'acceptPasswordReset',
      summary: 'Set a new password by a link',
      description: `It works once, ends every session of the account, and signs in.${GUESSING}`,
      answers: { 201: SIGNED_IN },
      // The last one when the password was changed in another way at the same moment.
      problems: [...SIGNING_IN, 'password-reset-not-found', 'wrong-credentials'],
    },
  },
};
