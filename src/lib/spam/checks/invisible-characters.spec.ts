import { signalsOf } from '../evidence.fixture.spec-support.js';
import { invisibleCharacters } from './invisible-characters.js';

const reasonsFor = (body: string, authorName = 'Ada'): readonly string[] =>
  signalsOf(invisibleCharacters(), { body, authorName }).map(({ why }) => why);

describe('invisibleCharacters', () => {
  it.each([
    'ca\u200bsi\u2060no',
    'ca\u200csi\u200dno',
    'c\u034fasi\ufeffno',
    'ка\u200bзи\u200bно',
    'ca\u{e0041}si\u3164no',
  ])('counts the places inside words in %j', (body) => {
    expect(reasonsFor(body)).toEqual(['invisible characters are hidden inside words, in 2 places']);
  });

  it('looks at the name too', () => {
    expect(reasonsFor('hello', 'A\u200bda')).toHaveLength(1);
  });

  it.each([
    ['Persian', 'می‌خواهم'],
    ['Hindi', 'क्‍ष'],
    ['Thai', 'ขอบคุณ\u200bมาก'],
    ['joined emoji', '👩‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['a keycap', '1️⃣ first'],
    ['the edge of pasted text', '\ufeffpasted text\u200b'],
  ])('leaves %s alone', (_what, body) => {
    expect(reasonsFor(body)).toEqual([]);
  });

  it('is mild on soft hyphens, unless they cut single letters apart', () => {
    const [signal] = signalsOf(invisibleCharacters(), { body: 'осо\u00adбен\u00adно а\u00adэ\u00adро' });
    expect(signal).toMatchObject({ name: 'soft-hyphens', weight: 0.3 });
    expect(reasonsFor('c\u00ada\u00ads\u00adi\u00adno')[0]).toMatch(/hidden inside words/);
  });
});
