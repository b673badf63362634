import fc from 'fast-check';
import { saysSpam } from './says-spam.js';

describe('the reason of a rejection', () => {
  it.each([
    'spam',
    'SPAM!',
    'Looks like spam to me.',
    'Known spammer',
    'Linkspam',
    'спам',
    'Спамер',
    'これはスパムです',
    '垃圾评论',
    '스팸입니다',
    'C’est du pourriel',
    'ｓｐａｍ',
  ])('calls it spam: %s', (reason) => {
    expect(saysSpam(reason)).toBe(true);
  });

  it.each([
    null,
    '',
    'Off topic',
    'Not spam, but off topic.',
    'Kein Spam, nur unhöflich',
    "This isn't spam but rude",
    '不是垃圾',
    'Spanish only, please.',
    'Trespamento',
    'Please be kind.',
  ])('does not: %s', (reason) => {
    expect(saysSpam(reason)).toBe(false);
  });

  it('is read whatever it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (reason) => typeof saysSpam(reason) === 'boolean'));
  });
});
