import { choice, object, type Schema } from '../schema.js';

const ok: Schema = { type: 'string', const: 'ok' };

/** What the service says of itself. */
export const serviceSchemas: Readonly<Record<string, Schema>> = {
  Liveness: object({ status: ok }),
  Readiness: object({
    status: ok,
    checks: object({
      database: ok,
      news: choice(['ok', 'behind'], '`behind`: news of other processes do not arrive; feeds may be two seconds old.'),
    }),
  }),
};
