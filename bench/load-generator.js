// The load generator, a process of its own: takes a job by message, runs it, answers with what it saw.
//
// It is ours and not autocannon because every comment must be new (a repeat is answered without being stored), because
// kill -9 asks which ids were acknowledged, and because what the generator burns is missing to what it measures.
import { HttpConnection, requestText } from './http-connection.js';
import { percentile } from './statistics.js';
import { ARTICLE_KEYS, makeTexts } from './texts.js';

/**
 * @typedef {object} Job
 * @property {string} url
 * @property {'submit' | 'get'} kind
 * @property {number} connections
 * @property {number} [seconds] how long; or
 * @property {number} [count] how many
 * @property {number} [seed] of the texts, for `submit`
 * @property {string} [site] for `submit`
 * @property {string} [article] all under this one, instead of spread over many
 * @property {boolean} [onlyHam]
 * @property {boolean} [hasForm] whether the page's form is fetched first, as a widget does, and its token sent along
 * @property {string[]} [paths] for `get`, in turn; with `count` equal to their number each is asked once
 * @property {string[]} [headers] lines
 * @property {number} expects the status that counts as done
 * @property {boolean} [keepsIds] of acknowledged comments
 * @property {boolean} [endsOnError] for a service that is going to be killed
 */

process.on('message', (job) => {
  run(job).then(
    (result) => process.send(result),
    (error) => process.send({ fault: error.stack }),
  );
});
process.on('disconnect', () => process.exit());

const formTokens = new Map();
/** As long as a real one; read as none. */
const NO_TOKEN = 'A'.repeat(90);

async function run(job) {
  const next = job.kind === 'submit' ? await submissions(job) : gets(job);
  const seen = { latencies: [], statuses: {}, errors: {}, bytes: 0, ids: [], lastError: '' };
  const connections = await Promise.all(Array.from({ length: job.connections }, () => HttpConnection.open(job.url)));
  const start = performance.now();
  const deadline = start + (job.seconds ?? Infinity) * 1000;
  let left = job.count ?? Infinity;
  const mayGoOn = () => performance.now() < deadline && left-- > 0;
  await Promise.all(connections.map((connection) => drive(connection, job, next, mayGoOn, seen)));
  const seconds = (performance.now() - start) / 1000;
  return report(seen, seconds, job.keepsIds);
}

/** One connection: the next request goes when the answer to the last has come. */
async function drive(first, job, next, mayGoOn, seen) {
  let connection = first;
  while (mayGoOn()) {
    const text = next();
    const sentAt = performance.now();
    try {
      const answer = await connection.send(text);
      note(answer, performance.now() - sentAt, job, seen);
    } catch (error) {
      seen.errors[error.code ?? error.message] = (seen.errors[error.code ?? error.message] ?? 0) + 1;
      if (job.endsOnError) return;
      connection.close();
      connection = await HttpConnection.open(job.url);
    }
  }
  connection.close();
}

function note(answer, latency, job, seen) {
  seen.statuses[answer.status] = (seen.statuses[answer.status] ?? 0) + 1;
  seen.bytes += answer.bytes;
  if (answer.status !== job.expects) {
    seen.lastError = answer.text().slice(0, 300);
    return;
  }
  seen.latencies.push(latency);
  if (job.keepsIds) seen.ids.push(JSON.parse(answer.text()).id);
}

function report({ latencies, statuses, errors, bytes, ids, lastError }, seconds, keepsIds) {
  const sorted = latencies.toSorted((one, other) => one - other);
  const done = sorted.length;
  return {
    done,
    seconds,
    perSecond: done / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    most: sorted.at(-1) ?? Number.NaN,
    bytesEach: done === 0 ? 0 : Math.round(bytes / done),
    statuses,
    errors,
    lastError,
    ...(keepsIds && { ids }),
  };
}

async function submissions({ url, site, seed, hasForm, onlyHam, article: only, headers = [] }) {
  const { host } = new URL(url);
  const makeText = makeTexts(seed, onlyHam);
  const tokens = hasForm ? await formTokensOf(url, site, host) : null;
  const lines = ['content-type: application/json', `origin: http://${host}`, ...headers];
  const articlePath = (article) => `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments`;
  return () => {
    const { article: drawn, author, body } = makeText();
    const article = only ?? drawn;
    const formToken = tokens?.get(article) ?? NO_TOKEN;
    const json = JSON.stringify({ author, body, articleTitle: `About ${article}`, language: 'en', formToken });
    return requestText('POST', articlePath(article), host, lines, json);
  };
}

async function formTokensOf(url, site, host) {
  const known = formTokens.get(url);
  if (known) return known;
  const connection = await HttpConnection.open(url);
  const tokens = new Map();
  for (const article of ARTICLE_KEYS) {
    const path = `/v1/sites/${site}/articles/${encodeURIComponent(article)}/form`;
    const answer = await connection.send(requestText('GET', path, host));
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text()}`);
    tokens.set(article, JSON.parse(answer.text()).formToken);
  }
  connection.close();
  formTokens.set(url, tokens);
  return tokens;
}

function gets({ url, paths, headers }) {
  const { host } = new URL(url);
  const texts = paths.map((path) => requestText('GET', path, host, headers));
  let number = 0;
  return () => texts[number++ % texts.length];
}
