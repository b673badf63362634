import { gunzipSync } from 'node:zlib';
import { acceptsGzip, chooseForm, headersOfKnown, type AnswerForm } from './answer-forms.js';
import { JSON_TYPE, makeReadyAnswer, type ReadyAnswer } from './ready-answer.js';

const TEXT = JSON.stringify({ comments: Array.from({ length: 200 }, (_, n) => `Thought number ${n}.`) });

const make = (text = TEXT, isLasting = true): ReadyAnswer => makeReadyAnswer(text, JSON_TYPE, isLasting);

function headersOf(flat: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]]] : [])));
}

/** Asks until the packed form is there. */
async function packed(answer: ReadyAnswer): Promise<AnswerForm> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const form = chooseForm(answer, 'gzip, deflate, br');
    if (form.body !== answer.body) return form;
    await new Promise(setImmediate);
  }
  throw new Error('It was never packed.');
}

describe('the form of an answer', () => {
  it('is packed for who takes it, from the second time on, and holds the same', async () => {
    const answer = make();
    expect(chooseForm(answer, 'gzip').body).toBe(answer.body);
    const form = await packed(answer);
    expect(gunzipSync(form.body).toString()).toBe(TEXT);
    expect(form.body.length).toBeLessThan(answer.body.length / 4);
    expect(headersOf(form.headers)).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(form.body.length),
      'content-type': JSON_TYPE,
      vary: 'accept-encoding',
    });
  });

  it('is plain for who takes nothing else, and says that it depends on that', async () => {
    const answer = make();
    await packed(answer);
    const form = chooseForm(answer, undefined);
    expect(form.body).toBe(answer.body);
    expect(headersOf(form.headers)).toMatchObject({ etag: answer.etag, vary: 'accept-encoding' });
    expect(headersOf(form.headers)).not.toHaveProperty('content-encoding');
  });

  it('has a tag of its own for each, and knows a reader by either', async () => {
    const answer = make();
    const form = await packed(answer);
    const tag = headersOf(form.headers).etag;
    expect(tag).toMatch(/^"[\w-]+-gz"$/);
    expect(tag).not.toBe(answer.etag);
    const tagKnownBy = (ifNoneMatch: string | undefined, to: AnswerForm): string | null | undefined => {
      const headers = headersOfKnown(answer, ifNoneMatch, to);
      return headers && headersOf(headers).etag;
    };
    for (const to of [form, chooseForm(answer, undefined)]) {
      expect([tagKnownBy(tag, to), tagKnownBy(answer.etag, to)]).toEqual([tag, answer.etag]);
      expect([tagKnownBy('"another"', to), tagKnownBy(undefined, to), tagKnownBy('*', to)]).toEqual([
        null,
        null,
        to.etag,
      ]);
    }
  });

  it('is known by its packed tag in a process that has not packed it', () => {
    const answer = make();
    const tag = answer.etag.replace(/"$/, '-gz"');
    const headers = headersOfKnown(answer, tag, chooseForm(answer, 'gzip'));
    expect(headersOf(headers ?? []).etag).toBe(tag);
  });

  it.each([
    ['short', make('{"a":1}')],
    ['not kept', make(TEXT, false)],
  ])('is never packed when it is %s', async (_, answer) => {
    chooseForm(answer, 'gzip');
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(chooseForm(answer, 'gzip').body).toBe(answer.body);
  });
});

describe('acceptsGzip', () => {
  it.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, gzip;q=0.8', 'deflate,x-gzip', 'GZIP'])('in %j', (header) => {
    expect(acceptsGzip(header)).toBe(true);
  });

  it.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.0, br', 'notgzip', 'gzipped'])(
    'not in %j',
    (header) => {
      expect(acceptsGzip(header)).toBe(false);
    },
  );
});
