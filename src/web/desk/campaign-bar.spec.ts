import { describeCampaignOutcome } from './campaign-bar.js';

const DONE = { moved: 480, unchanged: 0, refused: 0, remaining: 0 };

describe('describeCampaignOutcome', () => {
  it('says what was done, and only what there is to say', () => {
    expect(describeCampaignOutcome('spam', DONE)).toBe('480 comments: marked as spam.');
    expect(describeCampaignOutcome('restore', { moved: 1, unchanged: 1, refused: 2, remaining: 3 })).toBe(
      '1 comment: put back into the queue. 1 comment had been dealt with in the same way already. ' +
        '2 comments left as found: it cannot be done with them. ' +
        '3 comments left for want of time: press the button once more.',
    );
  });
});
