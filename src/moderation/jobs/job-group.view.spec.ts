import { stateOf } from './job-group.view.js';

describe('the state of an act over several sites', () => {
  it.each([
    ['waiting', ['waiting', 'waiting']],
    ['running', ['waiting', 'done']],
    ['running', ['running', 'failed', 'done']],
    ['failed', ['stopped', 'failed', 'done']],
    ['stopped', ['done', 'stopped']],
    ['done', ['done', 'done']],
  ] as const)('is %s where its jobs are %j', (state, states) => {
    expect(stateOf(states)).toBe(state);
  });
});
