import { judge } from '../judge.js';
import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { linkShare } from './link-share.js';

describe('linkShare', () => {
  it('is silent without links and where enough is said', () => {
    expect(signalsOf(linkShare(), {})).toEqual([]);
    const body = 'The manual explains this much better than I could do here: https://x.example.org';
    expect(signalsOf(linkShare(), { body })).toEqual([]);
  });

  it('weighs less the more is said', () => {
    const weightOf = (body: string): number => signalsOf(linkShare(), { body })[0]?.weight ?? 0;
    expect(weightOf('http://x.org')).toBe(2.1);
    expect(weightOf('look here: http://x.org')).toBeCloseTo(1.68);
    expect(signalsOf(linkShare(), { body: 'look here: http://x.org' })[0]?.why).toBe(
      'little is said beside the links: 2 words for 1 link',
    );
  });

  it('holds a bare link together with its count, but not one with a sentence', () => {
    expect(judge(plainEvidence({ body: 'https://x.example.org/page' })).label).toBe('unsure');
    expect(judge(plainEvidence({ body: 'I found it in the end: https://x.example.org/page' })).label).toBe('ham');
  });
});
