import { signalsOf } from '../evidence.fixture.spec-support.js';
import { linkShortener } from './link-shortener.js';

const reasonsFor = (body: string, authorUrl: string | null = null): readonly string[] =>
  signalsOf(linkShortener(), { body, authorUrl }).map(({ why }) => why);

describe('linkShortener', () => {
  it('names each shortener once, in the comment and in the author’s URL', () => {
    expect(reasonsFor('bit.ly/a and https://bit.ly/b', 'https://www.tinyurl.com/c')).toEqual([
      'the link shortener bit.ly hides where it leads',
      'the link shortener tinyurl.com hides where it leads',
    ]);
  });

  it('takes no other host for one', () => {
    expect(
      reasonsFor('https://rabbit.ly/a https://bit.ly.example.com/ https://maps.app.goo.gl/x https://t.me/x'),
    ).toEqual([]);
  });

  it('takes another list', () => {
    const check = linkShortener({ hosts: ['s.example'] });
    expect(signalsOf(check, { body: 'https://bit.ly/a' })).toEqual([]);
  });
});
