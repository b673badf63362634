import { signalsOf } from '../evidence.fixture.spec-support.js';
import { bidiControls } from './bidi-controls.js';

const namesFor = (body: string, authorName = 'Ada'): readonly string[] =>
  signalsOf(bidiControls(), { body, authorName }).map(({ name }) => name);

describe('bidiControls', () => {
  it('finds an override in the comment and in the name', () => {
    expect(namesFor('pay \u202etxt.exe')).toEqual(['bidi-override']);
    expect(namesFor('fine', 'Ada\u202e')).toEqual(['bidi-override']);
  });

  it('finds embeddings only where nothing is written from right to left', () => {
    expect(namesFor('plain \u2067text\u2069')).toEqual(['bidi-controls']);
    expect(namesFor('plain', '\u202bהילה\u202c')).toEqual([]);
  });

  it('leaves direction marks and right-to-left text alone', () => {
    expect(namesFor('\u200fשלום!\u200e ok')).toEqual([]);
  });
});
