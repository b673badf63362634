import { Operators } from '../../accounts/operators.js';
import { PasswordResets } from '../../accounts/password-resets.js';
import { SignInLimit } from '../../accounts/sign-in-limit.js';
import { SiteInvitations } from '../../accounts/site-invitations.js';
import { SystemClock } from '../../platform/clock.js';
import { Changes } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import { SiteDirectory } from '../../sites/site-directory.js';
import { openPlatform } from '../open-platform.js';

/** The rooms of accounts on the service's own database, put together as their modules would, without HTTP and queue. */
export interface People {
  readonly database: Database;
  readonly sites: SiteDirectory;
  readonly invitations: SiteInvitations;
  readonly operators: Operators;
  readonly resets: PasswordResets;
  /** Whether links lead to this machine only, because nobody said how the world reaches it. */
  readonly isLocal: boolean;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws CommandFault in the words of a start that cannot succeed */
export async function openPeople(environment: Environment): Promise<People> {
  const connected = await openPlatform(environment);
  const { platform } = connected;
  const { settings, address, secrets, listener } = platform;
  const database = new Database(platform.dataSource);
  const clock = new SystemClock();
  return {
    database,
    sites: new SiteDirectory(database, new Changes(listener)),
    invitations: new SiteInvitations(database, clock, address, secrets),
    operators: new Operators(database, clock, address, secrets),
    resets: new PasswordResets(database, clock, address, new SignInLimit(database, clock, secrets)),
    isLocal: !settings.publicUrl,
    close: () => connected.close(),
  };
}
