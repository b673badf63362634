// The rows P1 to P13 of the design's table: what is measured, what must be reached, what is aimed at. Numbers of peers
// were measured elsewhere, once; a ratio to them is an indication and no proof.

export const MEASURED_ELSEWHERE = 'measured elsewhere 22 Nov 2026';

/** Submissions/s at 16 connections, p99 in ms, CPU ms per submission, reads/s of a feed of 100 comments. */
const PEERS = {
  waline: { name: 'Waline', submissions: 37 },
  remark42: { name: 'Remark42', submissions: 109, p99Ms: 314, cpuMs: 6.3, reads: 1_542 },
  wordpress: { name: 'WordPress', submissions: 48 },
  isso: { name: 'Isso', submissions: 41 },
  twikoo: { name: 'Twikoo (not durable)', submissions: 490 },
};

export { PEERS };

const more = (must, aim, unit = 'x') => ({ must, aim, unit, better: 'more' });
const less = (must, aim, unit = 'ms') => ({ must, aim, unit, better: 'less' });
const elsewhere = (value) => `${value}, ${MEASURED_ELSEWHERE}`;

/** By key; the part before the dot is the row. Printed in this order. */
export const ROWS = {
  'P1.waline': row('submissions/s at 16, against Waline', more(20, 40), elsewhere('Waline 37/s')),
  'P1.remark42': row('… against Remark42', more(6, 12), elsewhere('Remark42 109/s')),
  'P1.wordpress': row('… against WordPress', more(15, 30), elsewhere('WordPress 48/s')),
  'P1.isso': row('… against Isso', more(15, 30), elsewhere('Isso 41/s')),
  'P1.twikoo': row('… against Twikoo', more(1.2, 2.5), elsewhere('Twikoo 490/s')),
  P2: row('p99 of a submission at 16, against Remark42', less(1 / 4, 1 / 10, 'x'), elsewhere('Remark42 314 ms')),
  'P3.postgres16': row('acknowledged/s against the naive path, PostgreSQL, at 16', more(6, 10)),
  'P3.postgres64': row('… at 64', more(6, 10)),
  'P3.redis16': row('… Redis, at 16', more(3.5, 5)),
  'P3.redis64': row('… at 64', more(3.5, 5)),
  'P3.donePostgres16': row('acknowledged and checked/s against the naive path, PostgreSQL, at 16', more(6, 10)),
  'P3.donePostgres64': row('… at 64', more(6, 10)),
  'P3.doneRedis16': row('… Redis, at 16', more(3.5, 5)),
  'P3.doneRedis64': row('… at 64', more(3.5, 5)),
  'P3.checkedPostgres': row('checked/s against acknowledged/s, PostgreSQL, at 64', more(0.8, 0.9)),
  'P3.checkedRedis': row('… Redis, at 64', more(0.8, 0.9)),
  'P3.backlog': row('seconds until nothing waits after the load, worst at 64', less(null, null, 's')),
  'P4.16': row('submit route against bare Fastify POST, no worker running, at 16', more(0.1, 0.2)),
  'P4.64': row('… at 64', more(0.1, 0.2)),
  'P4.whole16': row('… the worker in the same process, at 16', more(0.1, 0.2)),
  'P4.whole64': row('… at 64', more(0.1, 0.2)),
  'P5.cpu': row('CPU per submission, all processes, until screened', less(3, 0.6)),
  'P5.remark42': row('… against Remark42', less(0.5, null, 'x'), elsewhere('Remark42 6.3 ms')),
  'P6.warm': row('warm thread of 100 comments against "hello world"', more(0.45, 0.7)),
  'P6.packed': row('… asked for as browsers do (gzip)', more(0.45, 0.7)),
  'P6.notModified': row('304 against "hello world"', more(0.85, 1)),
  'P6.plain': row('warm thread against plain Node sending the same bytes', more(null, null)),
  'P6.plainNotModified': row('304 against plain Node sending the same bytes', more(null, null)),
  P7: row('warm thread against Remark42', more(4, 7), elsewhere('Remark42 1,542/s')),
  P8: row('first read after a change against one SQL query', less(2, 1.3, 'x')),
  'P9.ratio': row('queue page p99, largest against smallest', less(2, 1.2, 'x')),
  'P9.ms': row('queue page p99 over HTTP, largest', less(30, 15)),
  'P10.rare': row('search p99, rare words, largest', less(100, 50)),
  'P10.common': row('search p99, common words, largest', less(600, 100)),
  P11: row('cold start on an initialised data folder', less(3, 1.5, 's')),
  'P12.idle': row('memory of one process at idle', less(180, 120, 'MB')),
  'P12.loaded': row('… after the comments', less(300, 200, 'MB')),
  P13: row('acknowledged comments lost by kill -9', less(0, 0, 'comments')),
};

export const ROW_NAMES = [...new Set(Object.keys(ROWS).map((key) => key.split('.')[0]))];

/** @param {string} [base] the ratio's base, where it is a constant */
function row(measure, target, base = '') {
  return { measure, base, ...target };
}
