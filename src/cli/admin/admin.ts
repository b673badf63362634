import { Account } from '../../accounts/account.entity.js';
import { accountEmail } from '../../accounts/account-email.js';
import { PROBLEMS } from '../../platform/problem/problem-catalogue.js';
import { Problem } from '../../platform/problem/problem.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_OK } from '../command-fault.js';
import { ADMIN_HELP } from './admin-help.js';
import { readAdminTask, type AdminTask } from './admin-options.js';
import { listAccounts, type ListedAccount } from './list-accounts.js';
import type { People } from './open-people.js';

export const admin: Command = {
  summary: 'invites people, resets passwords and lists accounts, by one-time links',
  help: ADMIN_HELP,
  run: runAdmin,
};

interface Link {
  readonly url: string;
  readonly expiresAt: Date;
}

async function runAdmin(args: readonly string[], { out, err, environment }: Surroundings): Promise<number> {
  const task = readAdminTask(args);
  // Only now: the other commands need not wait until all of the service is loaded.
  const { openPeople } = await import('./open-people.js');
  const people = await openPeople(environment);
  try {
    if (task.kind === 'list') await printAccounts(people, out);
    else {
      const { url, expiresAt } = await makeLink(task, people);
      out.write(`${url}\nIt works once, until ${describeTime(expiresAt)}, and is shown only now.\n`);
      if (people.isLocal) err.write('PUBLIC_URL is not set, so the link works on this machine only.\n');
    }
  } catch (error) {
    throw error instanceof Problem ? new CommandFault(explain(error, task)) : error;
  } finally {
    await people.close();
  }
  return EXIT_OK;
}

async function makeLink(task: Exclude<AdminTask, { kind: 'list' }>, people: People): Promise<Link> {
  if (task.kind === 'invite-operator') return people.operators.invite(task.email);
  if (task.kind === 'invite-member') {
    const site = await people.sites.byKey(task.site);
    return people.invitations.make(site.id, task.email, task.role, null);
  }
  const account = await people.database.global.findOneBy(Account, { email: accountEmail(task.email) });
  if (!account) throw new Problem('account-not-found');
  return people.resets.make(account.id);
}

async function printAccounts({ database }: People, out: NodeJS.WritableStream): Promise<void> {
  let isEmpty = true;
  for await (const accounts of listAccounts(database)) {
    isEmpty = false;
    out.write(accounts.map(describeAccount).join(''));
  }
  if (isEmpty) out.write('There is no account yet: the first start of the service makes an operator.\n');
}

function describeAccount({ email, name, isOperator, places }: ListedAccount): string {
  const parts = [...(isOperator ? ['operator'] : []), ...places];
  return `${email}\t${name}\t${parts.join(', ') || 'nothing'}\n`;
}

/** To the minute, such as "2026-11-29 21:40 UTC". */
function describeTime(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function explain({ code, extras }: Problem, task: AdminTask): string {
  const email = task.kind === 'list' ? '' : task.email;
  if (code === 'site-not-found' && task.kind === 'invite-member') return `There is no site "${task.site}".`;
  if (code === 'account-not-found') return `There is no account of ${email}.`;
  if (code === 'already-member') return `${email} is that already.`;
  const [fault] = extras.errors ?? [];
  return fault?.detail ?? extras.detail ?? `${PROBLEMS[code].title}. ${PROBLEMS[code].help}`;
}
