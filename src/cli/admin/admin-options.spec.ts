import { CommandFault } from '../command-fault.js';
import { readAdminTask } from './admin-options.js';

function faultOf(...args: string[]): CommandFault {
  try {
    readAdminTask(args);
  } catch (error) {
    if (error instanceof CommandFault) return error;
    throw error;
  }
  throw new Error(`Taken: ${args.join(' ')}.`);
}

describe('winnow admin', () => {
  it.each([
    [['list'], { kind: 'list' }],
    [['invite', 'a@b.example', '--operator'], { kind: 'invite-operator', email: 'a@b.example' }],
    [
      ['invite', '--site', 'blog', '--role', 'owner', 'a@b.example'],
      { kind: 'invite-member', email: 'a@b.example', site: 'blog', role: 'owner' },
    ],
    [['reset-password', 'a@b.example'], { kind: 'reset-password', email: 'a@b.example' }],
  ])('%j is %j', (args, task) => {
    expect(readAdminTask(args)).toEqual(task);
  });

  it.each([
    [[], 'Say what'],
    [['dismiss', 'a@b.example'], '"winnow admin dismiss" is not known'],
    [['invite'], 'Name the e-mail address'],
    [['reset-password'], 'Name the e-mail address'],
    [['reset-password', 'a@b.example', '--operator'], 'without options'],
    [['invite', 'a@b.example'], '--operator, or with --site'],
    [['invite', 'a@b.example', '--site', 'blog'], '--operator, or with --site'],
    [['invite', 'a@b.example', '--operator', '--site', 'blog', '--role', 'owner'], '--operator, or with --site'],
    [['invite', 'a@b.example', '--site', 'blog', '--role', 'king'], 'viewer, moderator, owner'],
    [['invite', 'a@b.example', 'more', '--operator'], '"more" is too much'],
    [['list', '--operator'], 'The list takes no options'],
    [['list', 'a@b.example'], 'The list takes no options'],
    [['invite', 'a@b.example', '--king'], "Unknown option '--king'"],
  ])('%j is a wrong command line', (args, sentence) => {
    const fault = faultOf(...args);
    expect(fault.exitCode).toBe(2);
    expect(fault.message).toContain(sentence);
  });
});
