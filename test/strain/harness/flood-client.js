// Many clients that submit and never pause, in a process of their own: node flood-client.js '{"url":…,"apiKey":…,
// "site":…,"clients":…,"forMs":…}'. Prints for each status how many answers, their median and 99th percentile in
// milliseconds, and how many carried no Retry-After; "none" stands for requests without an answer.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';

const { url, apiKey, site, clients, forMs } = JSON.parse(process.argv[2]);
// Later than every promise: what takes as long hangs, and is told as an answer that never came.
const GIVE_UP_MS = 25_000;
const path = `/v1/sites/${site}/articles/flooded/comments`;
const agent = new Agent({ keepAlive: true, maxSockets: clients, maxFreeSockets: clients });
let endsAt = Infinity;
const answers = new Map();
let serial = 0;

async function submit() {
  const begunAt = performance.now();
  let status;
  let mayRetry = false;
  try {
    const sent = request(url + path, {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    });
    sent.setTimeout(GIVE_UP_MS, () => sent.destroy(new Error('no answer')));
    sent.end(
      JSON.stringify({
        author: { name: 'Crowd', email: 'crowd@analytical.org' },
        body: `Word of the crowd ${serial++}: ${randomUUID()}`,
      }),
    );
    const [response] = await once(sent, 'response');
    for await (const chunk of response) void chunk;
    status = response.statusCode;
    mayRetry = response.headers['retry-after'] !== undefined;
  } catch (error) {
    status = `none: ${error.code ?? error.message}`;
  }
  const ofStatus = answers.get(status) ?? { times: [], withoutRetryAfter: 0 };
  ofStatus.times.push(performance.now() - begunAt);
  if (!mayRetry) ofStatus.withoutRetryAfter++;
  answers.set(status, ofStatus);
}

/** A process takes one new connection in each turn of its event loop, so all are there before the flood begins. */
async function connect() {
  const sent = request(url + '/health/live', { agent }).end();
  const [response] = await once(sent, 'response');
  for await (const chunk of response) void chunk;
}

async function client() {
  while (performance.now() < endsAt) await submit();
}

await Promise.all(Array.from({ length: clients }, connect));
process.stderr.write(`${clients} are connected\n`);
endsAt = performance.now() + forMs;
await Promise.all(Array.from({ length: clients }, client));
const told = [...answers].map(([status, { times, withoutRetryAfter }]) => {
  times.sort((one, other) => one - other);
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]);
  return [status, { count: times.length, p50: at(0.5), p99: at(0.99), most: at(1), withoutRetryAfter }];
});
process.stdout.write(JSON.stringify(Object.fromEntries(told)));
agent.destroy();
