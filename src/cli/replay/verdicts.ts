import type { CommentStatus } from '../../comments/comment-status.js';
import { CommandFault } from '../command-fault.js';
import { askPatiently, type Wait } from './patience.js';
import { problemCode, type ServiceClient } from './service-client.js';

/** As a moderator sees it, or `declined`, which is what a receipt says of rejected and deleted. */
export type ShownStatus = CommentStatus | 'declined';

/** Where the verdicts of a run are read from. */
export interface Verdicts {
  readonly source: 'moderation' | 'receipts';
  /** How many comments of the run have their verdict by now; an estimate until it is all of them. */
  poll(): Promise<number>;
  /** The status of each comment of the run, by its id. */
  read(): Promise<ReadonlyMap<string, ShownStatus>>;
}

/** @throws CommandFault when the answer is not 200, after patience */
export async function readFrom<Body>(service: ServiceClient, path: string, wait: Wait): Promise<Body> {
  const answer = await askPatiently(() => service.get(path), wait);
  if (answer.status === 200) return answer.body as Body;
  throw new CommandFault(`${service.url} did not tell the verdicts: ${problemCode(answer)} (${answer.detail}).`);
}
