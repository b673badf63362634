import { Problem } from '../platform/problem/problem.js';
import { refusePopularPassword } from './popular-passwords.js';

describe('a password that many people use', () => {
  it.each(['password', '12345678', 'qwertyuiop', 'Football', 'PASSWORD', '1qaz2wsx', 'iloveyou'])(
    '%s is refused, and why is said',
    async (password) => {
      const refusal = refusePopularPassword(password, '/password');
      await expect(refusal).rejects.toBeInstanceOf(Problem);
      await expect(refusal).rejects.toMatchObject({
        code: 'invalid-body',
        extras: { errors: [{ pointer: '/password', rule: 'common' }] },
      });
    },
  );

  it.each(['correct horse battery', 'password of mine', 'ein langer Satz', '🦔🦔🦔🦔🦔🦔🦔🦔'])(
    '%s is none of them',
    async (password) => {
      await expect(refusePopularPassword(password, '/password')).resolves.toBeUndefined();
    },
  );
});
