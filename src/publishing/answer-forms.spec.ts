import { gunzipSync } from 'node:zlib';
import { acceptsGzip, chooseForm, knownForm, type AnswerForm } from './answer-forms.js';
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
    expect(headersOf(knownForm(answer, tag, chooseForm(answer, undefined))?.headersOfKnown ?? []).etag).toBe(tag);
    expect(knownForm(answer, answer.etag, form)).toBe(form);
    expect(knownForm(answer, '"another"', form)).toBeNull();
    expect(knownForm(answer, undefined, form)).toBeNull();
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
