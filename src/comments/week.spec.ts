import fc from 'fast-check';
import { mondayBefore, mondayOf, nameOfWeek } from './week.js';

const DAY_MS = 86_400_000;
const moment = fc.date({ min: new Date('1970-01-05'), max: new Date('2200-01-01'), noInvalidDate: true });

describe('a week', () => {
  it.each([
    ['2026-11-25T12:00:00Z', '2026-11-23', '2026-W48'],
    ['2026-11-23T00:00:00.000Z', '2026-11-23', '2026-W48'],
    ['2026-11-22T23:59:59.999Z', '2026-11-16', '2026-W47'],
    // The examples of ISO 8601 at the ends of years.
    ['2005-01-01T12:00:00Z', '2004-12-27', '2004-W53'],
    ['2007-01-01T12:00:00Z', '2007-01-01', '2007-W01'],
    ['2008-12-29T12:00:00Z', '2008-12-29', '2009-W01'],
    ['2010-01-03T12:00:00Z', '2009-12-28', '2009-W53'],
    ['2026-12-31T12:00:00Z', '2026-12-28', '2026-W53'],
  ])('that holds %s begins on %s and is %s', (at, monday, name) => {
    expect(mondayOf(new Date(at))).toBe(monday);
    expect(nameOfWeek(monday)).toBe(name);
  });

  it('begins on a Monday at most six days before any of its moments', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const monday = new Date(mondayOf(at));
        expect(monday.getUTCDay()).toBe(1);
        const days = (at.getTime() - monday.getTime()) / DAY_MS;
        expect(days).toBeGreaterThanOrEqual(0);
        expect(days).toBeLessThan(7);
      }),
    );
  });

  it('has a name of its own, and the names stand in the order of time', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 500 }), (at, weeks) => {
        const monday = mondayOf(at);
        const before = mondayBefore(monday, weeks);
        expect(nameOfWeek(before) < nameOfWeek(monday)).toBe(true);
        expect((Date.parse(monday) - Date.parse(before)) / DAY_MS).toBe(7 * weeks);
      }),
    );
  });
});
