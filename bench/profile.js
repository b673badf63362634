// Where the CPU of the service goes under a load of submissions: `npm run bench:profile -- [--seconds 10]
// [--connections 16] [--top 25] [--keep folder]`. Look here before changing anything for speed.
//
// The service runs under `node --cpu-prof`; of its profile only what was sampled during the load is counted.
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Load } from './load.js';
import { Processes } from './processes.js';
import { markdownTable } from './report.js';
import { untilEmpty, waitingOn, Winnow } from './winnow.js';

const WARM_UP_SECONDS = 5;
const SAMPLE_MICROSECONDS = 500;
/** Not work: waiting for something to happen. */
const IDLE = '(idle)';

const options = readOptions();
const processes = await Processes.open();
let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (isEnding) return;
    isEnding = true;
    void processes.stopAll().then(() => process.exit(130));
  });
}
try {
  const { profile, window, load } = await recordProfile();
  printProfile(samplesWithin(profile, window), load);
} finally {
  if (!isEnding) await processes.stopAll();
}
process.exit();

function readOptions() {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '10' },
      connections: { type: 'string', default: '16' },
      top: { type: 'string', default: '25' },
      keep: { type: 'string' },
    },
  });
  return {
    ...values,
    seconds: Number(values.seconds),
    connections: Number(values.connections),
    top: Number(values.top),
  };
}

async function recordProfile() {
  const folder = join(processes.folder, 'profile');
  await mkdir(folder);
  const winnow = await Winnow.start(processes, {
    dataDirectory: join(processes.folder, 'data'),
    nodeWords: ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${SAMPLE_MICROSECONDS}`],
  });
  const generator = new Load(processes);
  const client = await winnow.signIn();
  const submit = async (seconds) => {
    const result = await generator.submit({
      url: winnow.url,
      hasForm: true,
      connections: options.connections,
      seconds,
    });
    await untilEmpty(() => waitingOn(client, 'demo'));
    return result;
  };
  await submit(WARM_UP_SECONDS);
  const from = monotonicMicroseconds();
  const load = await submit(options.seconds);
  const window = { from, to: monotonicMicroseconds() };
  client.close();
  await winnow.stop();
  const [name] = (await readdir(folder)).filter((each) => each.endsWith('.cpuprofile'));
  if (options.keep) {
    await mkdir(options.keep, { recursive: true });
    await copyFile(join(folder, name), join(options.keep, name));
  }
  return { profile: JSON.parse(await readFile(join(folder, name), 'utf8')), window, load };
}

/** The clock of V8's samples, which on Linux all processes share. */
function monotonicMicroseconds() {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Self time in microseconds of each function: only the samples taken in the window. */
function samplesWithin({ nodes, samples, timeDeltas, startTime }, { from, to }) {
  const callFrames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map();
  let at = startTime;
  samples.forEach((id, index) => {
    at += timeDeltas[index];
    if (at < from || at > to) return;
    const { functionName, url, lineNumber } = callFrames.get(id);
    const key = `${functionName || '(anonymous)'}\t${url}\t${lineNumber + 1}`;
    // A sample stands for the time until the next one.
    times.set(key, (times.get(key) ?? 0) + (timeDeltas[index + 1] ?? 0));
  });
  if (times.size === 0) throw new Error('No sample lies in the load: the clocks of this system differ by process.');
  return [...times].map(([key, time]) => {
    const [name, url, line] = key.split('\t');
    return { name, place: placeOf(name, url), line, time };
  });
}

/** The package, or for our own code its folder, and the file. */
function placeOf(name, url) {
  if (url === '') return { group: name.startsWith('(') ? name : '(native)', file: '' };
  if (url.startsWith('node:')) return { group: 'node', file: url };
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(url);
  if (inPackage) return { group: inPackage[1], file: `${inPackage[1]}/${inPackage[2]}` };
  const own = /\/dist\/(?:(.*)\/)?([^/]+)$/.exec(url);
  return own ? { group: `src/${own[1] ?? ''}`, file: `src/${own[1] ?? ''}/${own[2]}` } : { group: url, file: url };
}

function printProfile(functions, load) {
  const busy = functions.filter(({ name }) => name !== IDLE);
  const total = busy.reduce((sum, { time }) => sum + time, 0);
  console.log(
    `${load.done} submissions over ${options.connections} connections, ${load.line}; ` +
      `${(total / load.done).toFixed(0)} us of this process each, screening included, PostgreSQL not.\n`,
  );
  const print = (title, keyOf) => {
    const sums = new Map();
    for (const each of busy) sums.set(keyOf(each), (sums.get(keyOf(each)) ?? 0) + each.time);
    const lines = [...sums]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, options.top)
      .map(([key, time]) => [`${((100 * time) / total).toFixed(1)} %`, (time / load.done).toFixed(1), key]);
    console.log(`## ${title}\n\n${markdownTable(['self time', 'us each', title.toLowerCase()], lines)}\n`);
  };
  print('Package or folder', ({ place }) => place.group);
  print('File', ({ place }) => place.file || place.group);
  print('Function', ({ name, place, line }) => (place.file ? `${name}, ${place.file}:${line}` : name));
}
