import { connect, StartFault, type Connected } from '../connect.js';
import { readSettings, SettingsFault } from '../platform/config/read-settings.js';
import { EmbeddedPostgresFault } from '../platform/embedded/embedded-postgres.js';
import { makeLogger } from '../platform/logging/logger.js';
import { CommandFault } from './command-fault.js';

/**
 * What the service stands on, for a command: joins the embedded PostgreSQL of a running service, or starts it for as long
 * as this is open.
 * @throws CommandFault in the words of a start that cannot succeed
 */
export async function openPlatform(environment: Readonly<Record<string, string | undefined>>): Promise<Connected> {
  try {
    return await connect(readSettings(environment), makeLogger('silent'));
  } catch (error) {
    if (error instanceof SettingsFault) throw new CommandFault(error.faults.join('\n'));
    if (error instanceof StartFault || error instanceof EmbeddedPostgresFault) throw new CommandFault(error.message);
    throw error;
  }
}
