import { Secrets } from '../platform/signing/secrets.js';
import type { SiteId } from '../platform/ids.js';
import { nameOfPage, readPageQuery, sealPlace, type Place, type Sort } from './page-query.js';
import type { Subject } from './ready-answers.js';

const secrets = new Secrets(Buffer.from('a secret for the tests'));
const subject: Subject = { site: 'site-1' as SiteId, article: '/first' };
const place: Place = ['2026-11-22 10:00:00.000123+00', '0199b2a8-0000-7000-8000-000000000000'];

describe('readPageQuery', () => {
  it('takes 50 of the oldest unless told', () => {
    expect(readPageQuery(secrets, subject, {})).toEqual({ sort: 'oldest', limit: 50, cursor: null, after: null });
  });

  it('reads a feed from the newest whatever it is told', () => {
    expect(readPageQuery(secrets, subject, { sort: 'oldest' }, 'newest').sort).toBe('newest');
  });

  it.each([{ sort: 'best' }, { sort: ['oldest', 'newest'] }, { limit: '0' }, { limit: '101' }, { limit: '1e1' }])(
    'refuses %j',
    (query) => {
      expect(() => readPageQuery(secrets, subject, query)).toThrow('malformed-query');
    },
  );

  it('goes on at the place of a cursor, to the microsecond', () => {
    const cursor = sealPlace(secrets, subject, 'newest', place);
    expect(readPageQuery(secrets, subject, { sort: 'newest', cursor }).after).toEqual(place);
  });

  it.each<[string, Subject, Sort]>([
    ['another site', { ...subject, site: 'site-2' as SiteId }, 'oldest'],
    ['another article', { ...subject, article: '/second' }, 'oldest'],
    ['the whole site', { ...subject, article: null }, 'oldest'],
    ['the other order', subject, 'newest'],
  ])('refuses the cursor of %s', (_whose, other, sort) => {
    const cursor = sealPlace(secrets, other, sort, place);
    expect(() => readPageQuery(secrets, subject, { cursor })).toThrow('invalid-cursor');
  });

  it.each(['', 'abc', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
    'refuses %j, which is no cursor',
    (cursor) => {
      expect(() => readPageQuery(secrets, subject, { cursor })).toThrow('invalid-cursor');
    },
  );
});

describe('nameOfPage', () => {
  it('differs whenever the answer does', () => {
    const query = readPageQuery(secrets, subject, {});
    const cursor = sealPlace(secrets, subject, 'oldest', place);
    const names = [
      nameOfPage('thread', subject, query),
      nameOfPage('feed.json', subject, query),
      nameOfPage('feed.json', { ...subject, article: null }, query),
      nameOfPage('thread', { ...subject, site: 'site-2' as SiteId }, query),
      nameOfPage('thread', { ...subject, article: ' /first' }, query),
      nameOfPage('thread', subject, readPageQuery(secrets, subject, { sort: 'newest' })),
      nameOfPage('thread', subject, readPageQuery(secrets, subject, { limit: '5' })),
      nameOfPage('thread', subject, readPageQuery(secrets, subject, { cursor })),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});
