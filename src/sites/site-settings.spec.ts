import { completeSettings, DEFAULT_SITE_SETTINGS } from './site-settings.js';

describe('completeSettings', () => {
  it('takes every default where nothing is stored: people see everything that is not clear spam', () => {
    expect(completeSettings({})).toEqual(DEFAULT_SITE_SETTINGS);
    expect(DEFAULT_SITE_SETTINGS).toMatchObject({ moderation: 'all', publishOnApproval: true, closeAfterDays: null });
  });

  it('keeps what is stored', () => {
    expect(completeSettings({ moderation: 'none', closeAfterDays: 7 })).toMatchObject({
      moderation: 'none',
      closeAfterDays: 7,
      maxDepth: 5,
    });
  });

  it('takes the default of a threshold that is not stored', () => {
    const stored = { thresholds: { spam: 0.99 } } as unknown as Parameters<typeof completeSettings>[0];
    expect(completeSettings(stored).thresholds).toEqual({ hold: DEFAULT_SITE_SETTINGS.thresholds.hold, spam: 0.99 });
  });
});
