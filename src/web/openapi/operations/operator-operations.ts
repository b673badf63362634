import { answers, type OperationGroup } from '../operation.js';
import { PAGE } from '../parameters.js';

export const operatorOperations: OperationGroup = {
  tag: 'Operators',
  description: 'Those who run the service, and what they do for the accounts of others.',
  operations: {
    'GET /v1/operators': {
      id: 'listOperators',
      summary: 'List the operators',
      parameters: PAGE,
      answers: { 200: answers('OperatorsPage', 'One page of them.') },
    },
    'DELETE /v1/operators/{account}': {
      id: 'dismissOperator',
      summary: 'Take an operator’s rights away',
      description: 'The account stays, with what it is on its sites. The last operator stays one.',
      answers: { 204: { description: 'They are an operator no more.' } },
      problems: ['account-not-found', 'last-operator'],
    },
    'GET /v1/operators/invitations': {
      id: 'listOperatorInvitations',
      summary: 'List the open invitations of operators',
      parameters: PAGE,
      answers: { 200: answers('OperatorInvitationsPage', 'One page of them.') },
    },
    'POST /v1/operators/invitations': {
      id: 'inviteOperator',
      summary: 'Invite an operator',
      description: 'An earlier invitation of the same address opens nothing any more.',
      answers: { 201: answers('NewOperatorInvitation', 'The invitation, with its link.', ['Cache-Control']) },
      problems: ['already-member'],
    },
    'DELETE /v1/operators/invitations/{invitation}': {
      id: 'withdrawOperatorInvitation',
      summary: 'Withdraw an invitation of an operator',
      answers: { 204: { description: 'Its link opens nothing any more.' } },
    },
    'POST /v1/accounts/{account}/password-resets': {
      id: 'makePasswordReset',
      summary: 'Make a link that sets a new password',
      description: 'For who forgot theirs. It is good for a day, and once; an earlier one opens nothing any more.',
      answers: { 201: answers('NewPasswordReset', 'The link.', ['Cache-Control']) },
      problems: ['account-not-found'],
    },
  },
};
