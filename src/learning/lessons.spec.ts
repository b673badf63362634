import fc from 'fast-check';
import { newId, type CommentId } from '../platform/ids.js';
import { isContinued, Lessons, MOST_COPIES, WINDOW, windowOf, type Lesson } from './lessons.js';
import type { Teaching } from './teaching.js';

const NOTHING = { spam: 0, ham: 0 };
const comments = Array.from({ length: 12 }, () => newId<CommentId>());

/** Each with a text of its own. */
function taught(count: number, label: Teaching['label'], from = 1): Lesson[] {
  return Array.from({ length: count }, (_, index) => {
    const seq = from + index;
    return { commentId: newId<CommentId>(), label, seq, fingerprint: String(seq) };
  });
}

function teachAll(lessons: Lessons, all: readonly Lesson[]): void {
  for (const { commentId, label, seq, fingerprint } of all) lessons.teach(commentId, { label, seq }, fingerprint);
}

const step = fc.record({
  comment: fc.nat({ max: comments.length - 1 }),
  label: fc.constantFrom('spam' as const, 'ham' as const, null),
  /** Few texts, so that copies are many. */
  text: fc.constantFrom('1', '2', null),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function run(lessons: Lessons, steps: readonly Step[], from: number): void {
  steps.forEach(({ comment, label, text }, index) => {
    lessons.teach(comments[comment]!, label && { label, seq: from + index }, text);
  });
}

describe('what a site has taught', () => {
  it('is the same however many decisions were looked at together', () => {
    fc.assert(
      fc.property(fc.array(step), fc.nat(), (steps, place) => {
        const whole = new Lessons([], NOTHING);
        run(whole, steps, 1);
        const cut = steps.length === 0 ? 0 : place % steps.length;
        const first = new Lessons([], NOTHING);
        run(first, steps.slice(0, cut), 1);
        const second = new Lessons(first.all, first.forgotten);
        run(second, steps.slice(cut), cut + 1);
        expect([second.all, second.forgotten]).toEqual([whole.all, whole.forgotten]);
      }),
    );
  });

  it('holds a comment once, a seq once, and three copies of a text as one label at most', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const lessons = new Lessons([], NOTHING);
        run(lessons, steps, 1);
        const { all } = lessons;
        expect(new Set(all.map(({ commentId }) => commentId)).size).toBe(all.length);
        expect(new Set(all.map(({ seq }) => seq)).size).toBe(all.length);
        const copies = new Map<string, number>();
        for (const { label, fingerprint } of all) {
          copies.set(label + fingerprint, (copies.get(label + fingerprint) ?? 0) + 1);
        }
        expect(Math.max(0, ...copies.values())).toBeLessThanOrEqual(MOST_COPIES);
      }),
    );
  });

  it('takes the first copies of a campaign and leaves the others', () => {
    const lessons = new Lessons([], NOTHING);
    teachAll(
      lessons,
      taught(500, 'spam').map((lesson) => ({ ...lesson, fingerprint: '7' })),
    );
    expect(lessons.all.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('holds nothing of a comment whose text is gone, and keeps what it knew of it', () => {
    const lessons = new Lessons([], NOTHING);
    const [one, other] = comments as [CommentId, CommentId];
    lessons.teach(one, { label: 'spam', seq: 1 }, null);
    lessons.teach(other, { label: 'spam', seq: 2 }, '5');
    lessons.teach(other, { label: 'ham', seq: 3 }, null);
    expect(lessons.all).toEqual([{ commentId: other, label: 'ham', seq: 3, fingerprint: '5' }]);
  });
});

describe('the window', () => {
  it('is a thousand of each label at most, and the other label stays whole', () => {
    const lessons = new Lessons([], NOTHING);
    teachAll(lessons, taught(30, 'ham'));
    teachAll(lessons, taught(5_000, 'spam', 31));
    const kept = lessons.all;
    expect(kept.length).toBeLessThanOrEqual(30 + WINDOW.most + WINDOW.step);
    const window = windowOf(kept);
    expect(window.filter(({ label }) => label === 'ham')).toHaveLength(30);
    const spam = window.filter(({ label }) => label === 'spam');
    expect(spam).toHaveLength(WINDOW.most);
    expect(spam.at(-1)?.seq).toBe(5_030);
    expect(lessons.forgotten.ham).toBe(0);
  });

  it('only grows at its end between its steps, and an undo at a step brings back what left it', () => {
    const all = taught(WINDOW.most + 3 * WINDOW.step + 2, 'spam');
    const lessons = new Lessons([], NOTHING);
    let before: Lesson[] = [];
    let steps = 0;
    for (const lesson of all) {
      teachAll(lessons, [lesson]);
      const after = windowOf(lessons.all);
      if (!isContinued(before, after)) {
        steps++;
        lessons.teach(lesson.commentId, null, null);
        expect(windowOf(lessons.all)).toEqual(before);
        teachAll(lessons, [lesson]);
        expect(windowOf(lessons.all)).toEqual(after);
      }
      before = after;
    }
    expect(steps).toBe(4);
  });

  it('is the same whether what left it is still kept or not', () => {
    const all = taught(WINDOW.most + 2 * WINDOW.step + 1, 'ham');
    const lessons = new Lessons([], NOTHING);
    teachAll(lessons, all);
    expect(lessons.all.length).toBeLessThan(all.length);
    expect(windowOf(lessons.all)).toEqual(windowOf(all));
  });

  it('never takes back in what it has forgotten', () => {
    const all = taught(WINDOW.most + WINDOW.step + 1, 'spam');
    const lessons = new Lessons([], NOTHING);
    teachAll(lessons, all);
    const { forgotten, all: kept } = lessons;
    const first = all[0]!;
    lessons.teach(first.commentId, { label: 'ham', seq: 9_999 }, '1');
    lessons.teach(first.commentId, { label: 'spam', seq: first.seq }, '1');
    expect([lessons.all, lessons.forgotten]).toEqual([kept, forgotten]);
  });
});
