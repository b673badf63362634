// The load generator as the measurements use it: one process for the whole run, so that it is warm for all alike.
import { answerOf } from './processes.js';

export class Load {
  #child;
  #seed = 1;

  constructor(processes) {
    this.#child = processes.startOwn('./load-generator.js');
  }

  /** Comments to a site; each load has texts of its own. */
  submit(job) {
    return this.run({ kind: 'submit', seed: this.#seed++, expects: 202, site: 'demo', ...job });
  }

  get(job) {
    return this.run({ kind: 'get', expects: 200, ...job });
  }

  /** @param {import('./load-generator.js').Job} job */
  async run(job) {
    const answer = answerOf(this.#child);
    this.#child.send(job);
    const result = await answer;
    const strange = Object.entries(result.statuses).filter(([status]) => Number(status) !== job.expects);
    const faults = [...strange, ...(job.endsOnError ? [] : Object.entries(result.errors))];
    if (faults.length > 0) {
      const list = faults.map(([what, count]) => `${count} x ${what}`).join(', ');
      process.stderr.write(`  NOT AS EXPECTED: ${list}. ${result.lastError}\n`);
    }
    return {
      ...result,
      line: `${Math.round(result.perSecond)}/s, p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms`,
    };
  }
}
