import { choice, object, type Schema } from '../schema.js';

const word = (values: readonly string[], description: string): Schema => choice(values, description, 'ok');

const status = word(['ok', 'degraded'], '`degraded`: it does its work, and something that helps it is away.');
const screening = word(
  ['ok', 'waiting', 'stuck'],
  'Only where this process screens. `waiting`: it has work and no queue to get it from; `stuck`: it finishes nothing.',
);
const ok: Schema = { type: 'string', const: 'ok' };

/** What the service says of itself. */
export const serviceSchemas: Readonly<Record<string, Schema>> = {
  Liveness: object({ status, checks: object({ process: ok, 'screening?': screening }) }),
  Readiness: object({
    status,
    checks: object({
      process: ok,
      database: ok,
      migrations: word(['ok', 'ahead'], '`ahead`: the next version has migrated the database already.'),
      news: word(['ok', 'behind'], '`behind`: news of other processes do not arrive; feeds may be two seconds old.'),
      queue: word(['ok', 'away'], '`away`: comments are kept, and screened once it is back.'),
      'screening?': screening,
    }),
  }),
};
