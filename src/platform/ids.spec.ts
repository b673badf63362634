import { jest } from '@jest/globals';
import { newId, isUuid, lowestIdAt, type CommentId } from './ids.js';

const make = (count: number): CommentId[] => Array.from({ length: count }, () => newId<CommentId>());

describe('an id', () => {
  afterEach(() => jest.restoreAllMocks());

  it('stands after every id made before it in this process, within a millisecond too', () => {
    const ids = make(20_000);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });

  it('does so when the clock is set back', () => {
    const before = make(10);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
    const ids = [...before, ...make(10)];
    expect([...ids].sort()).toEqual(ids);
  });

  it('tells the millisecond of its making', () => {
    const now = Date.now() + 5_000;
    jest.spyOn(Date, 'now').mockReturnValue(now);
    expect(parseInt(newId<CommentId>().replace('-', '').slice(0, 12), 16)).toBe(now);
  });

  it('stands above the lowest of the moment it was made in, and below that of the next', () => {
    const before = Date.now();
    const id = newId<CommentId>();
    expect(id > lowestIdAt(new Date(before))).toBe(true);
    expect(id < lowestIdAt(new Date(Date.now() + 1_000))).toBe(true);
    expect(isUuid(lowestIdAt(new Date(0)))).toBe(true);
  });
});
