import { signalsOf } from '../evidence.fixture.spec-support.js';
import { linkMarkup } from './link-markup.js';

const namesFor = (body: string): readonly string[] => signalsOf(linkMarkup(), { body }).map(({ name }) => name);

describe('linkMarkup', () => {
  it.each(['[url=http://x.org]x[/url]', '[URL]http://x.org[/URL]', '[link=http://x.org]x[/link]'])(
    'finds forum code in %j',
    (body) => {
      expect(namesFor(body)).toEqual(['bbcode-link']);
    },
  );

  it('finds an HTML link and gives both reasons when there are both', () => {
    expect(namesFor("<A rel=x\nHREF='http://x.org'>x</A>")).toEqual(['html-link']);
    expect(namesFor('<a href=x>y</a> [url]x[/url]')).toEqual(['bbcode-link', 'html-link']);
  });

  it.each(['[text](https://x.org) as Markdown', 'see [link] or [1]', 'a < b and href', '<abbr href>', '<b>bold</b>'])(
    'is silent about %j',
    (body) => {
      expect(namesFor(body)).toEqual([]);
    },
  );
});
