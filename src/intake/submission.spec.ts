import { newId, type SiteId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { DEFAULT_SITE_SETTINGS } from '../sites/site-settings.js';
import type { SubmitCommentDto } from './submit-comment.dto.js';
import { describeSubmission, emailSuggestion, type Arrival, type Submission } from './submission.js';

const at = new Date('2026-11-22T12:00:00Z');

function describeOne(dto: Partial<SubmitCommentDto> = {}, arrival: Partial<Arrival> = {}): Submission {
  const site: KnownSite = {
    id: newId<SiteId>(),
    key: 'blog',
    name: 'Blog',
    origins: ['https://blog.example'],
    settings: DEFAULT_SITE_SETTINGS,
    createdAt: at,
  };
  return describeSubmission(
    { author: { name: 'Ada', email: 'ada@analytical.org' }, body: 'Yes.', ...dto },
    {
      site,
      articleKey: '/post',
      idempotencyKey: null,
      secondsToWrite: null,
      lacksProof: false,
      clientNetwork: null,
      isTrusted: false,
      at,
      sweepAt: at,
      ...arrival,
    },
  );
}

describe('describeSubmission', () => {
  it('remembers a client key for a day and a content for a minute', () => {
    expect(describeOne({}, { idempotencyKey: 'k' }).expiresAt.getTime() - at.getTime()).toBe(86_400_000);
    expect(describeOne().expiresAt.getTime() - at.getTime()).toBe(60_000);
  });

  it('gives every submission an id of its own', () => {
    expect(describeOne().id).not.toBe(describeOne().id);
  });

  it('keeps that the honeypot was filled, and not with what', () => {
    expect(describeOne({ website: 'buy' }).honeypotFilled).toBe(true);
    expect(JSON.stringify(describeOne({ website: 'buy now' }))).not.toContain('buy now');
    expect(describeOne({ website: '' }).honeypotFilled).toBe(false);
  });

  it('believes a stranger only an address of the site, and the site itself any', () => {
    expect(describeOne({ articleUrl: 'https://blog.example/post' }).articleUrl).toBe('https://blog.example/post');
    expect(describeOne({ articleUrl: 'https://evil.example/post' }).articleUrl).toBeNull();
    expect(describeOne({ articleUrl: 'https://cdn.example/post' }, { isTrusted: true }).articleUrl).toBe(
      'https://cdn.example/post',
    );
  });

  it('takes no address of a commenter that a browser would run', () => {
    const author = { name: 'Ada', email: 'ada@analytical.org', url: 'javascript:alert(1)' };
    expect(describeOne({ author }).author.url).toBeNull();
  });

  it('names the parent in the letters of the database', () => {
    expect(describeOne({ parentId: '0190A1B2-0000-7000-8000-00000000000F' }).parentId).toBe(
      '0190a1b2-0000-7000-8000-00000000000f',
    );
  });
});

describe('emailSuggestion', () => {
  it('points a typo out, and says nothing of a good address', () => {
    const suggest = (email: string): string | null => emailSuggestion({ author: { name: 'A', email }, body: 'x' });
    expect(suggest('ada@gmial.com')).toBe('ada@gmail.com');
    expect(suggest('ada@gmail.com')).toBeNull();
  });
});
