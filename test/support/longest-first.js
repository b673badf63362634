import Sequencer from '@jest/test-sequencer';

/*
 * Jest begins with the files that took longest the last time. On a machine that has no last time it goes by their size,
 * and the files that take longest here are among the shortest: begun last, they would keep one worker busy alone.
 */
const LONG = /\/test\/faults\/(?:soak|processes|postgres-away|redis-away|side-by-side|graceful-stop)[^/]*$/;

export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const isLong = ({ path }) => LONG.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
