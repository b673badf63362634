import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { judge } from '../judge.js';
import { noProof } from './no-proof.js';

describe('noProof', () => {
  it('tells of a comment that came during a flood without a proof, and of no other', () => {
    expect(signalsOf(noProof(), {})).toEqual([]);
    expect(signalsOf(noProof(), {}, { lacksProof: true })).toEqual([
      { name: 'no-proof', weight: 0, why: 'sent during a flood without the proof of work' },
    ]);
  });

  it('holds what would go out, and makes nothing worse', () => {
    const [plain, lacking] = [judge(plainEvidence()), judge(plainEvidence({}, { lacksProof: true }))];
    expect([plain.label, lacking.label]).toEqual(['ham', 'unsure']);
    expect(lacking.score).toBe(plain.score);
    expect(judge(plainEvidence({}, { lacksProof: true, honeypotFilled: true })).label).toBe('spam');
  });

  it('holds nothing where it is switched off', () => {
    expect(judge(plainEvidence({}, { lacksProof: true }), { weights: { 'no-proof': 0 } }).label).toBe('ham');
  });
});
