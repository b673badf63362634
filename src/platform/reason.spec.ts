import { reasonOf } from './reason.js';

describe('the reason of a failure', () => {
  it.each([
    ['its message', new Error('no'), 'no'],
    [
      'what every address of a name said, once',
      new AggregateError([new Error('a'), new Error('b'), new Error('a')]),
      'a; b',
    ],
    ['its code', { code: 'ECONNREFUSED' }, 'ECONNREFUSED'],
    ['nothing, for what says nothing', undefined, 'no reason given'],
  ])('is %s', (_, thrown, reason) => {
    expect(reasonOf(thrown)).toBe(reason);
  });
});
