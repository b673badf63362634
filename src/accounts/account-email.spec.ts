import { accountEmail, newAccountEmail } from './account-email.js';

describe('the address of an account', () => {
  it.each([
    [' Owner@Blog.example ', 'owner@blog.example'],
    ['owner@BÜCHER.example', 'owner@xn--bcher-kva.example'],
    ['Zoe\u0308@blog.example', 'zo\u00eb@blog.example'],
    ['Admin@localhost', 'admin@localhost'],
    ['no address', 'no address'],
  ])('%j is found as %j', (typed, stored) => {
    expect(accountEmail(typed)).toBe(stored);
    expect(accountEmail(stored)).toBe(stored);
  });

  it.each(['', 'nobody', 'a@b@c.example', 'a b@c.example', 'a@c.example\u202e'])('%j becomes no account', (typed) => {
    expect(() => newAccountEmail(typed)).toThrow('invalid-body');
  });

  it('is made as it will be found', () => {
    expect(newAccountEmail(' Owner@BÜCHER.example ')).toBe(accountEmail('owner@xn--bcher-kva.example'));
  });
});
