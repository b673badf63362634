import { note, ok, wrong, type Finding } from './finding.js';

const WRONG_FROM_MS = 5_000;
const NOTED_FROM_MS = 1_000;

/** Two readings of the time at the same moment: tokens, limits and the order of comments depend on their agreement. */
export function checkClock(where: string, theirMs: number, oursMs: number): Finding {
  const apartMs = Math.abs(theirMs - oursMs);
  const says = `The clocks of this machine and of ${where} are ${(apartMs / 1000).toFixed(1)} s apart.`;
  const next = 'Set both machines by NTP (timedatectl set-ntp true).';
  if (apartMs > WRONG_FROM_MS) return wrong('clock', says, next);
  if (apartMs > NOTED_FROM_MS) return note('clock', says, next);
  return ok('clock', `The clocks of this machine and of ${where} agree.`);
}
