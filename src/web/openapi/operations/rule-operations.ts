import { answers, type OperationGroup } from '../operation.js';
import { PAGE } from '../parameters.js';

const RULES = '/v1/sites/{site}/rules';

export const ruleOperations: OperationGroup = {
  tag: 'Rules',
  description:
    'What the owner of a site has said once for all: which comments are held, put away or allowed. A rule wins over the ' +
    'filter; one that allows over the others, but not over a filled honeypot.',
  operations: {
    [`GET ${RULES}`]: {
      id: 'listRules',
      summary: 'List the rules of a site',
      description: 'Oldest first.',
      parameters: PAGE,
      answers: { 200: answers('RulesPage', 'One page of them.') },
    },
    [`POST ${RULES}`]: {
      id: 'makeRule',
      summary: 'Make a rule',
      description:
        'It counts for comments that are screened from now on. A site has at most 1,000, and its regular expressions ' +
        'are limited together.',
      answers: { 201: answers('Rule', 'The new rule.') },
      problems: ['too-many-rules'],
    },
    [`POST ${RULES}/test`]: {
      id: 'testRule',
      summary: 'Try a rule on what people decided',
      description:
        'Nothing is stored, and nothing moves. It looks at comments of the last 30 days on which a decision of a person ' +
        'is in force, newest first: approved and published ones are no spam. Rejected and deleted ones are left out.',
      answers: { 200: answers('RuleTrial', 'What the rule would have caught, and what of it wrongly.') },
    },
    [`GET ${RULES}/{rule}`]: {
      id: 'readRule',
      summary: 'Read a rule',
      answers: { 200: answers('Rule', 'The rule.') },
    },
    [`PATCH ${RULES}/{rule}`]: {
      id: 'changeRule',
      summary: 'Change a rule',
      description: 'What is given replaces what was; what is left out stays.',
      answers: { 200: answers('Rule', 'The rule as it is now.') },
      problems: ['too-many-rules'],
    },
    [`DELETE ${RULES}/{rule}`]: {
      id: 'deleteRule',
      summary: 'Delete a rule',
      description: 'What it decided stays decided.',
      answers: { 204: { description: 'It decides nothing any more.' } },
    },
  },
};
