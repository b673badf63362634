import { checkEmailFormat } from './email-format.js';
import { emailReputation, type EmailReputation } from './reputation.js';

function reputationOf(typed: string): EmailReputation {
  const result = checkEmailFormat(typed);
  if (!result.ok) throw new Error(`${typed} was refused: ${result.fault}`);
  return emailReputation(result.email);
}

describe('emailReputation', () => {
  it.each(['mailinator.com', 'MAILINATOR.com', 'a.b.mailinator.com', 'yopmail.com'])(
    'finds %s disposable',
    (domain) => {
      expect(reputationOf(`ana@${domain}`)).toEqual({ disposable: true, role: false, specialUse: false });
    },
  );

  it.each(
    'gmail.com ourmailinator.de mailinator.com.co duck.com mozmail.com consultant.com posteo.de qq.com dynv6.net'.split(
      ' ',
    ),
  )('does not find %s disposable', (domain) => {
    expect(reputationOf(`ana@${domain}`).disposable).toBe(false);
  });

  it.each(
    `a.test a.b.test x.invalid x.localhost x.example example.com mail.example.net example.org abc.onion printer.local
     x.internal router.home.arpa x.alt`.split(/\s+/u),
  )('knows that no mail reaches %s', (domain) => {
    expect(reputationOf(`ana@${domain}`).specialUse).toBe(true);
  });

  it.each(['gmail.com', 'myexample.com', 'example.de', 'test.de', 'local.ch', 'internal.io'])(
    'knows that mail may reach %s',
    (domain) => {
      expect(reputationOf(`ana@${domain}`).specialUse).toBe(false);
    },
  );
});
