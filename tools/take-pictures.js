// Takes the pictures of docs/pictures anew: starts the service on a database of its own, fills it with invented comments,
// and looks at it with a browser. Every word in them is ours; the earlier weeks of the filter's record are invented too.
// After `npm run build`: node tools/take-pictures.js [folder]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { ensureDatabase, startEmbeddedPostgres } from '../dist/platform/embedded/embedded-postgres.js';
import { prepareDatabase } from '../dist/prepare-database.js';
import { CHROMIUM } from '../test/support/chromium.js';
import { ANSWER, PUBLISHED, SPAM, WAITING } from './pictured-comments.js';

const OPERATOR = { email: 'mara@bakery.example', password: 'a password for pictures' };
const DATABASE = 'pictures';
const into = process.argv[2] ?? fileURLToPath(new URL('../docs/pictures', import.meta.url));

const steps = [];
try {
  mkdirSync(into, { recursive: true });
  const urls = await openDatabase();
  const service = await startService(urls);
  await name(urls.postgres);
  const call = await signIn(service);
  await fill(call);
  await invent(urls.postgres);
  await takeAll(service);
} finally {
  for (const step of steps.reverse()) await step();
}

async function openDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-pictures-'));
  steps.push(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDirectory: folder });
  steps.push(async () => {
    await postgres.stop();
    rmSync(postgres.dataDirectory, { recursive: true, force: true });
  });
  await ensureDatabase(postgres, DATABASE);
  const urls = Object.fromEntries(
    ['postgres', 'owner', 'app', 'queue'].map((role) => [role, postgres.url(role, DATABASE)]),
  );
  await prepareDatabase({
    ...{ ownerUrl: urls.owner, superuserUrl: urls.postgres, queueUrl: urls.queue },
    appRole: 'app',
  });
  return urls;
}

/** @returns its address, once it says that it is ready */
async function startService(urls) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../dist/main.js', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...{ PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'fatal', SUBMIT_LIMIT_PER_MINUTE: '0' },
      ...{ DATABASE_URL: urls.app, MIGRATION_DATABASE_URL: urls.owner, QUEUE_DATABASE_URL: urls.queue },
      ...{ ADMIN_EMAIL: OPERATOR.email, ADMIN_PASSWORD: OPERATOR.password },
    },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  steps.push(() => {
    child.kill();
    return ended;
  });
  let said = '';
  for await (const part of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += part;
    if (said.includes('Winnow is ready')) return /Listening\s+(http:\S+),/.exec(said)[1];
  }
  throw new Error(`The service did not start:\n${said}`);
}

async function signIn(service) {
  let cookie = '';
  const call = async (method, path, body) => {
    const response = await fetch(service + path, {
      method,
      headers: { cookie, origin: service, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    cookie ||= (response.headers.get('set-cookie') ?? '').split(';')[0];
    return response.json();
  };
  await call('POST', '/v1/session', OPERATOR);
  return call;
}

async function fill(call) {
  const site = { key: 'bakery', name: 'The bakery', origins: ['https://bakery.example'] };
  await call('POST', '/v1/sites', site);
  for (const comment of [...PUBLISHED, ...WAITING, ...SPAM]) await send(call, 'bakery', comment);
  const first = await send(call, 'demo', PUBLISHED[0]);
  for (const comment of PUBLISHED.slice(1, 3)) await send(call, 'demo', comment);
  for (const key of ['bakery', 'demo']) await settled(call, key);
  const accepted = new Set(PUBLISHED.map(({ body }) => body));
  for (const key of ['bakery', 'demo']) {
    const { items } = await call('GET', `/v1/sites/${key}/moderation/comments?limit=100`);
    const ids = items.filter(({ body }) => accepted.has(body)).map(({ id }) => id);
    await call('POST', `/v1/sites/${key}/moderation/decisions`, { action: 'publish', ids });
  }
  await call('POST', `/v1/sites/demo/moderation/comments/${first}/replies`, { body: ANSWER });
}

async function send(call, site, { article, title, ...comment }) {
  const key = site === 'demo' ? '/demo' : article;
  const page = site === 'demo' ? {} : { articleUrl: `https://bakery.example${article}`, articleTitle: title };
  const path = `/v1/sites/${site}/articles/${encodeURIComponent(key)}/comments`;
  return (await call('POST', path, { ...comment, ...page })).id;
}

async function settled(call, site) {
  for (let tries = 0; tries < 300; tries++) {
    const { counts } = await call('GET', `/v1/sites/${site}/moderation/summary`);
    if (counts.received === 0) return;
    await delay(100);
  }
  throw new Error('The comments were not screened within half a minute.');
}

/** A service that was made a minute ago has no record to show. */
function invent(url) {
  return asSuperuser(
    url,
    `insert into filter_record (site_id, week, screened, put_away, held, let_out, restored, marked)
     select s.id, date_trunc('week', now())::date - 7 * n, 90 + 11 * n - 7 * (n % 3), 30 + 5 * (n % 4), 20 + 4 * (n % 3),
            40 + 3 * n, n % 4, n % 3
       from site s, generate_series(1, 11) n where s.key = 'bakery'`,
  );
}

/** The first account is called Operator until somebody changes that. */
function name(url) {
  return asSuperuser(url, `update account set name = 'Mara'`);
}

async function asSuperuser(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function takeAll(service) {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  steps.push(() => browser.close());
  const desk = async (options, path, wait, name) => {
    const page = await enter(browser, service, options);
    await page.goto(`${service}/desk`);
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto(service + path);
    await page.locator(wait).first().waitFor();
    await take(page, name);
  };
  const wide = { viewport: { width: 1280, height: 1000 } };
  const narrow = { viewport: { width: 390, height: 780 }, colorScheme: 'dark' };
  await desk(wide, '/desk/sites/bakery', '#queue-app[data-live]', 'queue');
  await desk(narrow, '/desk/sites/bakery', '#queue-app[data-live]', 'queue-phone-dark');
  await desk(wide, '/desk/sites/bakery/filter?weeks=12', '[data-plot] canvas', 'filter');
  const reader = await enter(browser, service, wide);
  await reader.goto(`${service}/demo`);
  await reader.locator('winnow-comments').scrollIntoViewIfNeeded();
  await reader.locator('section.winnow article').nth(3).waitFor();
  await reader.evaluate(`document.querySelector('winnow-comments').scrollIntoView()`);
  await take(reader, 'widget');
}

async function enter(browser, service, options) {
  const context = await browser.newContext({ baseURL: service, colorScheme: 'light', ...options });
  return context.newPage();
}

async function take(page, name) {
  await page.screenshot({ path: join(into, `${name}.png`), animations: 'disabled' });
  console.log(join(into, `${name}.png`));
}
