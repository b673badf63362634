import fc from 'fast-check';
import { checkEmailFormat } from '../../lib/email/email-format.js';
import { readLine, type ReplayComment } from './replay-comment.js';

function read(record: unknown, line = 7, source = 'file'): ReplayComment {
  const result = readLine(JSON.stringify(record), line, source);
  if (!result.ok) throw new Error(`Malformed: ${result.why}`);
  return result.comment;
}

describe('readLine', () => {
  it('takes what the line has and ignores what it does not know', () => {
    const record = {
      text: 'Hi',
      author: 'Ann',
      email: 'ann@posteo.de',
      url: 'https://ann.example',
      label: 'ham',
      seq: 1,
    };
    expect(read(record)).toEqual({
      line: 7,
      label: 'ham',
      author: { name: 'Ann', email: 'ann@posteo.de', url: 'https://ann.example' },
      body: 'Hi',
      wasCut: false,
      hasMadeUpEmail: false,
    });
  });

  it('calls a reader without a name after the line', () => {
    expect(read({ text: 'Hi' }).author.name).toBe('Reader 7');
    expect(read({ text: 'Hi', author: '  ', url: '', email: '' }).author).toEqual(read({ text: 'Hi' }).author);
    expect(read({ text: 'Hi', author: null, label: null }).label).toBe('unlabelled');
  });

  it('gives one address to one name, and another to each nameless reader', () => {
    const emailOf = (author: string | null, line: number, source: string): string =>
      read({ text: 'Hi', author }, line, source).author.email;
    expect(emailOf('Ann', 1, 'a')).toBe(emailOf('Ann', 2, 'b'));
    expect(emailOf('Ann', 1, 'a')).not.toBe(emailOf('Ben', 1, 'a'));
    expect(new Set([emailOf(null, 1, 'a'), emailOf(null, 2, 'a'), emailOf(null, 1, 'b')]).size).toBe(3);
    expect(emailOf(null, 1, 'a')).toBe(emailOf(null, 1, 'a'));
  });

  it('makes up an address that the service takes, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (author) => {
        const { email } = read({ text: 'Hi', author }).author;
        expect(email).toMatch(/^reader-[0-9a-f]{16}@replay\.example\.org$/);
        expect(checkEmailFormat(email).ok).toBe(true);
      }),
    );
  });

  it('cuts a text after 10,000 code points of its normal form and says so', () => {
    expect(read({ text: '😀'.repeat(10_000) }).wasCut).toBe(false);
    const cut = read({ text: `${'😀'.repeat(10_000)}!` });
    expect([Array.from(cut.body).length, cut.wasCut]).toEqual([10_000, true]);
    // U+0958 is two letters in normal form C, and a decomposed é is one.
    expect(Array.from(read({ text: '\u0958'.repeat(6000) }).body).length).toBe(10_000);
    expect(read({ text: 'e\u0301'.repeat(10_000) })).toMatchObject({ body: 'é'.repeat(10_000), wasCut: false });
  });

  it('cuts a name after 100 code points', () => {
    expect(read({ text: 'Hi', author: 'é'.repeat(101) }).author.name).toBe('é'.repeat(100));
  });

  it.each([
    ['{"text": "Hi"', 'it is not JSON'],
    ['', 'it is not JSON'],
    ['["Hi"]', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['"Hi"', 'it is not a JSON object'],
    ['{"body": "Hi"}', 'its "text" is not a string'],
    ['{"text": 1}', 'its "text" is not a string'],
    ['{"text": "Hi", "label": "junk"}', 'its "label" is neither spam nor ham'],
    ['{"text": "Hi", "author": {"name": "Ann"}}', 'its "author" is not a string'],
    ['{"text": "Hi", "email": 3}', 'its "email" is not a string'],
  ])('reports %s as malformed', (text, why) => {
    expect(readLine(text, 1, 'file')).toEqual({ ok: false, why });
  });

  it('never throws, whatever the line holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(typeof readLine(text, 1, 'file').ok).toBe('boolean');
      }),
    );
  });
});
