import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

/*
 * Loaded into a real process before its program (node --import): its time of day is off by the milliseconds that stand in
 * the file CLOCK_OFFSET_FILE, and jumps when that changes. Timers and `performance.now` run on, as on a machine whose
 * clock is set.
 */

const LOOK_EVERY_MS = 20;

const RealDate = Date;
let offsetMs = 0;

function look() {
  offsetMs = Number(readFileSync(process.env.CLOCK_OFFSET_FILE, 'utf8')) || 0;
}

look();
setInterval(look, LOOK_EVERY_MS).unref();

const now = () => RealDate.now() + offsetMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
RealDate.prototype.constructor = globalThis.Date;
