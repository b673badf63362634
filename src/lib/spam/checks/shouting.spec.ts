import { signalsOf } from '../evidence.fixture.spec-support.js';
import { shouting } from './shouting.js';

const namesFor = (body: string): readonly string[] => signalsOf(shouting(), { body }).map(({ name }) => name);

describe('shouting', () => {
  it('says how many of the letters are capitals', () => {
    expect(signalsOf(shouting(), { body: 'WHY DOES NOBODY EVER LISTEN TO ME' })[0]?.why).toBe(
      '100 % of the letters are capitals',
    );
    expect(namesFor('ПОЧЕМУ МЕНЯ НИКТО НЕ СЛУШАЕТ ВООБЩЕ')).toEqual(['shouting']);
  });

  it('finds rows of exclamation marks, fullwidth ones too', () => {
    expect(namesFor('Great!!!')).toEqual(['exclamation-marks']);
    expect(namesFor('太好了！！！')).toEqual(['exclamation-marks']);
    expect(namesFor('Great!!')).toEqual([]);
  });

  it.each([
    ['short cheers', 'GOOOOOOAL'],
    ['acronyms', 'The NASA and ESA report on the ISS was read by the BBC and by CNN'],
    ['scripts without capitals', '这是一个很长的中文评论没有任何大写字母可以用来喊叫的文字内容'],
    ['links', 'see HTTPS://EXAMPLE.ORG/A-VERY-LONG-PATH-IN-CAPITALS'],
    ['nothing', ''],
  ])('leaves %s alone', (_what, body) => {
    expect(namesFor(body)).toEqual([]);
  });
});
