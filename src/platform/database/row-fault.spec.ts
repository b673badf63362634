import { QueryFailedError } from 'typeorm';
import { isRowFault } from './row-fault.js';

const failed = (code: string): Error => new QueryFailedError('', [], Object.assign(new Error(), { code }));

describe('isRowFault', () => {
  it.each(['22021', '22P05', '23505', '23514', '40P01'])('blames a row for %s', (code) => {
    expect(isRowFault(failed(code))).toBe(true);
  });

  it.each(['08006', '57P01', '57014', '53300', '42P01', '55P03'])('blames no row for %s', (code) => {
    expect(isRowFault(failed(code))).toBe(false);
  });

  it.each([new Error('x'), Object.assign(new Error(), { code: 'ECONNREFUSED' }), {}])(
    'blames no row for %p',
    (error) => {
      expect(isRowFault(error)).toBe(false);
    },
  );
});
