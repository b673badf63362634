import { signalsOf } from '../evidence.fixture.spec-support.js';
import { mixedScripts } from './mixed-scripts.js';

describe('mixedScripts', () => {
  it('quotes a word and counts the others', () => {
    expect(signalsOf(mixedScripts(), { body: 'раypal' })[0]?.why).toBe(
      'letters of two alphabets inside the word “раypal”',
    );
    expect(signalsOf(mixedScripts(), { body: 'раypal сasinо раypal' })[0]?.why).toMatch(/“раypal” and in 1 more$/);
  });

  it('looks at the name too', () => {
    expect(signalsOf(mixedScripts(), { authorName: 'Аdmin' })).toHaveLength(1);
  });

  it('weighs more for more words, up to a limit', () => {
    const weightOf = (body: string): number => signalsOf(mixedScripts(), { body })[0]?.weight ?? 0;
    expect(weightOf('раypal')).toBe(2.4);
    expect(weightOf('раypal сasinо')).toBe(3.4);
    expect(weightOf('раypal сasinо bоnus frее mоnеy')).toBe(4.4);
  });

  it('is silent about whole words of two alphabets', () => {
    expect(signalsOf(mixedScripts(), { body: 'Node.js — это JavaScript на сервере', authorName: 'Анна B.' })).toEqual(
      [],
    );
  });
});
