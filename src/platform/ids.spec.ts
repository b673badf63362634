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

  it('stands above the lowest of the moment it was made in', () => {
    expect(newId<CommentId>() > lowestIdAt(new Date(Date.now() - 1))).toBe(true);
    expect(lowestIdAt(new Date(0x19ab7c27d1e))).toBe('019ab7c2-7d1e-7000-8000-000000000000');
  });
});
