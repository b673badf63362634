import type { Evidence } from './evidence.js';
import type { Reading } from './reading.js';
import type { Signal } from './verdict.js';

/** One screening rule: no signal means that it has nothing to say. It must not throw on any string, nor keep state. */
export type Check = (evidence: Evidence, reading: Reading) => readonly Signal[];
