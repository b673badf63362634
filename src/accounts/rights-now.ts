import type { EntityManager } from 'typeorm';
import { ROLES, type Role, type Scope } from '../platform/http/access.js';
import type { SiteId } from '../platform/ids.js';

/** Who began some work: an account, or an API key. */
export interface Beginner {
  readonly kind: 'person' | 'program';
  readonly id: string;
}

export interface RightsNow {
  readonly mayAct: boolean;
  readonly isOperator: boolean;
}

/** What somebody may do on a site at this moment: for work that goes on long after the request that began it. */
export async function readRightsNow(
  manager: EntityManager,
  site: SiteId,
  { kind, id }: Beginner,
  needed: { readonly role: Role; readonly scope: Scope },
): Promise<RightsNow> {
  if (kind === 'program') {
    const keys: { scopes: Scope[] }[] = await manager.query(
      'select scopes from api_key where site_id = $1 and id = $2',
      [site, id],
    );
    return { mayAct: keys[0]?.scopes.includes(needed.scope) ?? false, isOperator: false };
  }
  const [account]: { isOperator: boolean; role: Role | null }[] = await manager.query(
    `select a.is_operator as "isOperator", m.role
       from account a left join membership m on m.site_id = $1 and m.account_id = a.id where a.id = $2`,
    [site, id],
  );
  const isOperator = account?.isOperator ?? false;
  const isRole = account?.role ? ROLES.indexOf(account.role) >= ROLES.indexOf(needed.role) : false;
  return { mayAct: isOperator || isRole, isOperator };
}
