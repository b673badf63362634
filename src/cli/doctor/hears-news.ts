import pg from 'pg';
import { withClient } from '../../platform/database/login.js';

const CHANNEL = 'winnow_doctor';
const WITHIN_MS = 2_000;

/** Whether what one connection tells arrives at another that listens; a proxy that lends connections out loses it. */
export async function hearsNews(url: string, answerWithinMs: number): Promise<boolean> {
  return withClient(
    url,
    async (listener) => {
      const heard = new Promise<boolean>((resolve) => {
        listener.on('notification', () => {
          resolve(true);
        });
      });
      await listener.query(`listen ${pg.escapeIdentifier(CHANNEL)}`);
      await withClient(url, (teller) => teller.query('select pg_notify($1, $2)', [CHANNEL, '']), answerWithinMs);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => {
          resolve(false);
        }, WITHIN_MS);
      });
      const isHeard = await Promise.race([heard, late]);
      clearTimeout(timer);
      return isHeard;
    },
    answerWithinMs,
  );
}
