/** Where the time of day comes from. Tests pass a clock of their own; nothing else may ask the machine. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }
}
