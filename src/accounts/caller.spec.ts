import { ROLES, SCOPES, type Role, type Scope } from '../platform/http/access.js';
import { newId, type AccountId, type ApiKeyId, type SessionId, type SiteId } from '../platform/ids.js';
import { belongsTo, mayAct, type Person, type Program } from './caller.js';

const siteId = newId<SiteId>();

function person(roles: Record<string, Role>, isOperator = false): Person {
  const memberships = new Map(Object.entries(roles).map(([key, role]) => [key, { siteId, role }]));
  return {
    kind: 'person',
    accountId: newId<AccountId>(),
    sessionId: newId<SessionId>(),
    email: 'a@b.example',
    name: 'A',
    isOperator,
    memberships,
  };
}

function program(scopes: Scope[]): Program {
  return { kind: 'program', apiKeyId: newId<ApiKeyId>(), name: 'k', siteId, siteKey: 'blog', scopes };
}

describe('mayAct', () => {
  const RANKS = ROLES.flatMap((held) => ROLES.map((asked) => [held, asked] as const));

  it.each(RANKS)('a %s asked to be a %s', (held, asked) => {
    const order = ['viewer', 'moderator', 'owner'];
    expect(mayAct(person({ blog: held }), 'blog', asked, 'site:admin')).toBe(
      order.indexOf(held) >= order.indexOf(asked),
    );
  });

  it('gives a member of one site nothing on another', () => {
    expect(mayAct(person({ blog: 'owner' }), 'shop', 'viewer', 'moderation:read')).toBe(false);
    expect(mayAct(person({}), 'blog', 'viewer', 'moderation:read')).toBe(false);
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('gives nobody anything on a site called %j', (key) => {
    expect(mayAct(person({ blog: 'owner' }), key, 'viewer', 'moderation:read')).toBe(false);
    expect(belongsTo(person({ blog: 'owner' }), key)).toBe(false);
  });

  it('lets an operator do everything everywhere', () => {
    for (const role of ROLES) expect(mayAct(person({}, true), 'any', role, 'site:admin')).toBe(true);
  });

  it.each(SCOPES)('lets a program with %s do that and nothing else', (scope) => {
    const allowed = SCOPES.filter((asked) => mayAct(program([scope]), 'blog', 'viewer', asked));
    expect(allowed).toEqual([scope]);
  });

  it('never lets a program out of its site', () => {
    expect(mayAct(program([...SCOPES]), 'shop', 'viewer', 'site:admin')).toBe(false);
    expect(belongsTo(program([...SCOPES]), 'shop')).toBe(false);
    expect(belongsTo(program([]), 'blog')).toBe(true);
  });
});
