import { answers, type OperationGroup } from '../operation.js';

const PEOPLE = '/v1/sites/{site}/people';

export const personOperations: OperationGroup = {
  tag: 'Personal data',
  description:
    'What a site keeps of one person: of who wrote comments under an e-mail address. The address stands in the body, so ' +
    'that no log of a proxy holds it.',
  operations: {
    [`POST ${PEOPLE}/export`]: {
      id: 'exportPerson',
      summary: 'Export what is kept of a person',
      description:
        'All of it in one answer that is written while it is read, however long it is; one that breaks off is not whole. ' +
        'An address of which nothing is kept has no comments. Read it before you hand it over: notes and reports stand in it.',
      answers: { 200: answers('PersonExport', 'All that is kept.') },
    },
    [`POST ${PEOPLE}/erase`]: {
      id: 'erasePerson',
      summary: 'Erase what is kept of a person',
      description:
        'For good: every comment is deleted with its earlier texts, what was noted and said about it and what it taught the ' +
        'filter; notes on the author and rules for the address go. It takes as much as fits into a request: call again ' +
        'until `done`. Calling once more does no harm.',
      answers: { 200: answers('PersonErased', 'What was erased by this call.') },
    },
  },
};
