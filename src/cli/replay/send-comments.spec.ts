import { setImmediate as nextTurn } from 'node:timers/promises';
import { sendComments, type Sending, type SendingTerms } from './send-comments.js';
import type { Outcome, Submission, Submit } from './submit-comment.js';

const COMMENT = {
  label: 'ham',
  author: { name: 'Ann', email: 'ann@posteo.de' },
  body: 'Hi',
  wasCut: false,
  hasMadeUpEmail: false,
} as const;

function submissions(count: number): Submission[] {
  return Array.from({ length: count }, (_, index) => ({
    comment: { ...COMMENT, line: index + 1 },
    article: 'a',
    idempotencyKey: `replay-test-1-${index + 1}`,
  }));
}

function accept({ comment }: Submission): Outcome {
  return { kind: 'accepted', id: `id-${comment.line}`, receipt: `r-${comment.line}`, tookMs: comment.line };
}

function send(count: number, submit: Submit, terms: Partial<SendingTerms> = {}): Promise<Sending> {
  return sendComments(submissions(count), submit, {
    concurrency: 4,
    rate: Infinity,
    interrupted: new AbortController().signal,
    wait: () => Promise.resolve(true),
    onAnswered: () => undefined,
    ...terms,
  });
}

describe('sendComments', () => {
  it('sends each comment once, never more at a time than allowed', async () => {
    const sent: number[] = [];
    const answered: number[] = [];
    let underWay = 0;
    let most = 0;
    const sending = await send(
      50,
      async (submission) => {
        sent.push(submission.comment.line);
        most = Math.max(most, ++underWay);
        await nextTurn();
        underWay--;
        return accept(submission);
      },
      { onAnswered: (count) => answered.push(count) },
    );
    expect(sent).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(most).toBe(4);
    expect(answered.at(-1)).toBe(50);
    expect(sending.acknowledged.map(({ id }) => id).sort()).toEqual(sent.map((line) => `id-${line}`).sort());
    expect(sending.stoppedBy).toBeNull();
  });

  it('goes on after a refusal, and counts its code', async () => {
    const { acknowledged, refused, submissionMs } = await send(3, (submission) =>
      Promise.resolve(submission.comment.line === 2 ? { kind: 'refused', code: 'invalid-body' } : accept(submission)),
    );
    expect(acknowledged.map(({ id }) => id)).toEqual(['id-1', 'id-3']);
    expect(refused.map(({ submission, code }) => [submission.comment.line, code])).toEqual([[2, 'invalid-body']]);
    expect(submissionMs).toEqual([1, 3]);
  });

  it('ends at what would meet every further comment, and keeps what was acknowledged', async () => {
    let asked = 0;
    const sending = await send(1000, async (submission) => {
      asked++;
      await nextTurn();
      return submission.comment.line < 10 ? accept(submission) : { kind: 'stop', why: 'no-answer' };
    });
    expect(sending.acknowledged).toHaveLength(9);
    expect(sending.stoppedBy).toBe('no-answer');
    expect(asked).toBeLessThan(20);
  });

  it('lets what is under way finish when it is interrupted', async () => {
    const controller = new AbortController();
    const sending = await send(
      1000,
      async (submission) => {
        if (submission.comment.line === 10) controller.abort();
        await nextTurn();
        return accept(submission);
      },
      { interrupted: controller.signal },
    );
    expect(sending.stoppedBy).toBe('interrupted');
    expect(sending.acknowledged.length).toBeGreaterThanOrEqual(10);
    expect(sending.acknowledged.length).toBeLessThan(20);
  });

  it('spreads the submissions when a rate is given', async () => {
    const waits: number[] = [];
    await send(21, (submission) => Promise.resolve(accept(submission)), {
      rate: 1,
      wait: (ms) => Promise.resolve(waits.push(ms) > 0),
    });
    // One a second, and nobody waits in earnest: the n-th would be sent about n seconds after the first.
    expect(waits).toHaveLength(20);
    waits.forEach((ms, index) => {
      expect(ms / 1000).toBeGreaterThan(index);
      expect(ms / 1000).toBeLessThanOrEqual(index + 1);
    });
  });
});
