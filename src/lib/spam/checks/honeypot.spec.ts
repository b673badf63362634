import { judge } from '../judge.js';
import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { honeypot } from './honeypot.js';

describe('honeypot', () => {
  it('speaks only when the hidden field was filled in', () => {
    expect(signalsOf(honeypot(), {})).toEqual([]);
    expect(signalsOf(honeypot(), {}, { honeypotFilled: true })).toHaveLength(1);
  });

  it('is clear spam from a stranger and held from a known author', () => {
    expect(judge(plainEvidence({}, { honeypotFilled: true })).label).toBe('spam');
    expect(judge(plainEvidence({}, { honeypotFilled: true, authorPublished: 5 })).label).toBe('unsure');
  });
});
