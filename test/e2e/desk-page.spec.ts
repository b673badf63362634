import { expectProblem } from '../support/problems.js';
import { makeAccount, signInMember } from '../support/test-accounts.js';
import { TestClient, type Answer } from '../support/test-client.js';
import {
  attributeOf,
  BROWSER_ACCEPT,
  elementsIn,
  expectPage,
  fromOwnPage,
  pathAfter,
  TestPage,
  textOf,
} from '../support/test-page.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const HOSTILE = '"><script>alert(1)</script><b>';
const QUEUE = '/desk/sites/blog';
const DECISIONS = `${QUEUE}/decisions`;

let service: TestService;
let operator: TestClient;
let site: TestSite;
let moderator: TestClient;

beforeAll(async () => {
  service = await startTestService({ TRUST_PROXY: '127.0.0.1' });
  operator = await service.signIn();
  // Some stories mark comments as spam, and the filter learns: it may hold what is like them, and not put it away.
  const settings = { thresholds: { hold: 0.5, spam: 1 } };
  site = await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog', settings });
  await TestSite.make(operator, service.anonymous, { key: 'other' });
  moderator = await signInMember(service, 'moderator@blog.test', { blog: 'moderator' });
});

afterAll(() => service.close());

function open(path: string, client = moderator): Promise<TestPage> {
  return TestPage.open(client, path);
}

function signIn(email: string, password: string, headers: Record<string, string> = {}): Promise<Answer> {
  const form = new URLSearchParams({ email, password, to: '/desk/sites' });
  return service.anonymous.post('/desk/session', form, { ...fromOwnPage(service.anonymous), ...headers });
}

function cardOf(page: TestPage, id: string): string {
  return textOf(page.one('article', { id: `c-${id}` }));
}

/** Presses a button of one comment, and follows to where it leads. */
async function decide(id: string, decision: string, more: Record<string, string> = {}, at = QUEUE): Promise<TestPage> {
  const page = await open(at);
  return open(pathAfter(await page.send(moderator, `${QUEUE}/comments/${id}`, { decision, ...more })));
}

async function undo(page: TestPage): Promise<TestPage> {
  const form = page.all('form', { action: DECISIONS }).find((one) => attributeOf(one, 'id') === null);
  const fields = elementsIn(form!).flatMap((one): [string, string][] => {
    const name = attributeOf(one, 'name');
    return name === null ? [] : [[name, attributeOf(one, 'value') ?? '']];
  });
  const answer = await moderator.post(DECISIONS, new URLSearchParams(fields), fromOwnPage(moderator));
  return open(pathAfter(answer));
}

describe('the way in', () => {
  it('is a form, and leads to where one was going', async () => {
    const page = await open('/desk', service.anonymous);
    expectPage(page, 200);
    expect(attributeOf(page.one('input', { name: 'password' }), 'autocomplete')).toBe('current-password');
    expect(pathAfter(await service.anonymous.get(`${QUEUE}?status=spam`, { accept: BROWSER_ACCEPT }))).toBe(
      `/desk?to=${encodeURIComponent(`${QUEUE}?status=spam`)}`,
    );
    const asked = await open(`/desk?to=${encodeURIComponent(QUEUE)}`, service.anonymous);
    const answer = await asked.send(service.anonymous, '/desk/session', OPERATOR);
    expect(pathAfter(answer)).toBe(QUEUE);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^winnow=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/deskevil', '/desk\r\nx: y', '/v1/session'])(
    'never leads to %j',
    async (to) => {
      const page = await open('/desk', service.anonymous);
      expect(pathAfter(await page.send(service.anonymous, '/desk/session', { ...OPERATOR, to }))).toBe('/desk');
    },
  );

  it('says the same of an unknown address and a wrong password', async () => {
    const [unknown, wrong] = [await signIn('nobody@blog.test', 'x'), await signIn(OPERATOR.email, 'x')];
    const pages = [new TestPage(unknown), new TestPage(wrong)];
    for (const page of pages) expectPage(page, 401);
    expect(textOf(pages[0]!.one('p', { role: 'alert' }))).toBe(textOf(pages[1]!.one('p', { role: 'alert' })));
    expect(pages[1]!.fieldsOf('/desk/session').get('email')).toBe(OPERATOR.email);
    expect(pages[1]!.fieldsOf('/desk/session').get('password')).toBe('');
    expectPage(new TestPage(await signIn('', '')), 422);
  });

  it('says when to try again after too many wrong passwords', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    for (let tries = 0; tries < 10; tries++) await signIn('guessed@blog.test', 'x', headers);
    const page = new TestPage(await signIn('guessed@blog.test', 'x', headers));
    expectPage(page, 429);
    expect(page.text).toMatch(/Try again in 15 minutes/);
  });

  it('leads a member of one site straight to its queue, others to their list', async () => {
    expect(pathAfter(await moderator.get('/desk', { accept: BROWSER_ACCEPT }))).toBe(QUEUE);
    const list = await open('/desk', operator);
    expectPage(list, 200);
    for (const key of ['blog', 'demo', 'other']) expect(list.all('a', { href: `/desk/sites/${key}` })).toHaveLength(1);
    await makeAccount(service, 'nobody@sites.test', {}, 'a password of nobody');
    const nobody = await service.anonymous.signIn('nobody@sites.test', 'a password of nobody');
    expect((await open('/desk', nobody)).text).toContain('not a member of a site yet');
  });

  it('is found again by whom a refused form has left at its address', async () => {
    for (const path of ['/desk/session', DECISIONS]) {
      expect(pathAfter(await moderator.get(path, { accept: BROWSER_ACCEPT }))).toBe('/desk');
    }
    expectPage(new TestPage(await moderator.post(QUEUE, new URLSearchParams(), fromOwnPage(moderator))), 405);
  });

  it('is also the way out', async () => {
    const client = await signInMember(service, 'leaver@blog.test', { blog: 'viewer' });
    const page = await open(QUEUE, client);
    const answer = await page.send(client, '/desk/sign-out');
    expect(pathAfter(answer)).toBe('/desk');
    expect((await client.get('/v1/session')).status).toBe(401);
  });
});

describe('what the desk refuses', () => {
  it('a site that is unknown or of others, alike, as a page', async () => {
    for (const path of ['/desk/sites/other', '/desk/sites/none', '/desk/sites/other/embed']) {
      const page = await open(path);
      expectPage(page, 404);
      expect(page.text).toContain('There is no such site');
    }
  });

  it('what a role may not do, and does not offer it', async () => {
    const { id } = await site.submitSettled();
    const viewer = await signInMember(service, 'viewer@blog.test', { blog: 'viewer' });
    const page = await open(QUEUE, viewer);
    expectPage(page, 200);
    expect(page.all('button', { name: 'decision' })).toEqual([]);
    expect(page.all('a', { href: `${QUEUE}/embed` })).toEqual([]);
    const form = new URLSearchParams({ decision: 'approve', version: '2' });
    const answer = await viewer.post(`${QUEUE}/comments/${id}`, form, fromOwnPage(viewer));
    expectPage(new TestPage(answer), 403);
    expectPage(await open(`${QUEUE}/embed`), 403);
  });

  it.each([
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('a form of another page: %j', async (headers) => {
    const { id, version } = await site.submitSettled();
    const sent = { ...(headers as Record<string, string>), accept: BROWSER_ACCEPT };
    const one = new URLSearchParams({ decision: 'approve', version: String(version) });
    const many = new URLSearchParams({ decision: 'approve', [`pick.${id}`]: String(version) });
    expectPage(new TestPage(await moderator.post(`${QUEUE}/comments/${id}`, one, sent)), 403);
    expectPage(new TestPage(await moderator.post(DECISIONS, many, sent)), 403);
    expectPage(new TestPage(await moderator.post('/desk/sign-out', new URLSearchParams(), sent)), 403);
    expectPage(new TestPage(await service.anonymous.post('/desk/session', new URLSearchParams(OPERATOR), sent)), 403);
    expect((await site.read(id)).status).toBe('pending');
  });

  it('JSON, an unknown decision, an id that is none, and tells programs so', async () => {
    const { id, version } = await site.submitSettled();
    const path = `${QUEUE}/comments/${id}`;
    expect((await moderator.post(path, { decision: 'approve', version })).status).toBe(415);
    const unknown = new URLSearchParams({ decision: 'eat', version: String(version) });
    expectPage(new TestPage(await moderator.post(path, unknown, fromOwnPage(moderator))), 422);
    expectPage(await open(`${QUEUE}/comments/none`), 400);
    expectPage(await open(`${QUEUE}/comments/01890a5d-ac96-774b-bcce-b302099a8057`), 404);
    expectPage(await open(`${QUEUE}?status=eaten`), 400);
    expectPage(await open(`${QUEUE}?cursor=x`), 400);
    expectProblem(await service.anonymous.get(QUEUE, { accept: 'application/json' }), 401, 'not-signed-in');
  });

  it('a form of somebody whose session is over, with the form to sign in', async () => {
    const page = new TestPage(
      await service.anonymous.post(DECISIONS, new URLSearchParams({ decision: 'approve' }), fromOwnPage(moderator)),
    );
    expectPage(page, 401);
    expect(page.text).toContain('You are signed out');
  });
});

describe('the queue', () => {
  it('shows who, when, where, what, and why it is held', async () => {
    const body = 'Free: https://one-shop.com/1 and https://two-shop.com/2. **Bold words.**';
    const { id } = await site.submitSettled('/why', {
      author: { name: 'Ines', email: 'ines@pao.org', url: 'https://ines.example' },
      ...{ body, articleUrl: 'https://blog.example/why', articleTitle: 'Why, indeed' },
    });
    const page = await open(`${QUEUE}?article=%2Fwhy`);
    expectPage(page, 200);
    const card = cardOf(page, id);
    for (const words of ['Ines', 'ines@pao.org', 'https://ines.example/', 'Why, indeed', 'Bold words.']) {
      expect(card).toContain(words);
    }
    expect(card).toMatch(/(Looks fine|Not sure).*\(spam probability \d+ %\)/);
    expect(card).toContain('Held, because the signals are not clear.');
    expect(card).toMatch(/\+\d\.\d 2 links in \d+ words \((somewhat|strongly) for spam/);
    expect(page.one('article', { id: `c-${id}` })).toBeDefined();
    expect(elementsIn(page.one('article', { id: `c-${id}` })).some(({ tagName }) => tagName === 'time')).toBe(true);
    const others = page.all('a').find((link) => textOf(link) === 'others like it');
    expect(cardOf(await open(attributeOf(others!, 'href') ?? ''), id)).toContain('Ines');
  });

  it('shows hostile names, texts and titles as text, and what is hidden in them', async () => {
    const { id } = await site.submitSettled('/hostile', {
      author: { name: `\u202e${HOSTILE}`, email: 'ada@analytical.org' },
      ...{ body: `vi\u200bagra ${HOSTILE}`, articleTitle: HOSTILE },
    });
    for (const path of [`${QUEUE}?article=%2Fhostile`, `${QUEUE}/comments/${id}`, `${QUEUE}/comments/${id}/delete`]) {
      const page = await open((await site.read(id)).status === 'spam' ? path.replace('?', '?status=spam&') : path);
      expectPage(page, 200);
      expect(page.text).toContain('<script>alert(1)</script>');
      expect(page.all('span', { class: 'hidden-character' }).map(textOf)).toEqual(
        expect.arrayContaining(['U+202E', 'U+200B']),
      );
      expect(page.answer.text).not.toMatch(/[\u202e\u200b]/);
    }
    const search = await open(`${QUEUE}?q=${encodeURIComponent(HOSTILE)}&article=${encodeURIComponent(HOSTILE)}`);
    expectPage(search, 200);
  });

  it('is searched, ordered and filtered', async () => {
    const first = await site.submitSettled('/order', { body: 'The needle of the first.' });
    const second = await site.submitSettled('/order', { body: 'The hay of the second.' });
    const ids = (page: TestPage): string[] =>
      page.all('article', { id: /^c-/ }).map((one) => attributeOf(one, 'id') ?? '');
    expect(ids(await open(`${QUEUE}?article=%2Forder`))).toEqual([`c-${first.id}`, `c-${second.id}`]);
    expect(ids(await open(`${QUEUE}?article=%2Forder&sort=newest`))).toEqual([`c-${second.id}`, `c-${first.id}`]);
    const found = await open(`${QUEUE}?q=needle&reason=&article=&sort=oldest`);
    expect(ids(found)).toEqual([`c-${first.id}`]);
    expect(found.text).toContain('Only with “needle”: show all again');
    expect((await open(`${QUEUE}?q=nowhere`)).text).toContain('Nothing here matches that.');
  });

  it('goes on on the next page', async () => {
    await site.submitMany(27, '/many');
    const page = await open(`${QUEUE}?article=%2Fmany`);
    expect(page.all('article', { id: /^c-/ })).toHaveLength(25);
    const next = await open(attributeOf(page.one('a', { rel: 'next' }), 'href') ?? '');
    expect(next.all('article', { id: /^c-/ })).toHaveLength(2);
  });

  it('has a friendly sentence when nothing waits', async () => {
    expect((await open('/desk/sites/other', operator)).text).toContain('Nothing is waiting for you.');
  });
});

describe('a decision', () => {
  it('leads back to the same list, says what was done, and can be undone', async () => {
    const { id } = await site.submitSettled('/decide');
    const page = await decide(id, 'approve', {}, `${QUEUE}?article=%2Fdecide`);
    expect(textOf(page.one('div', { class: 'notice' }))).toBe('Approved and published Undo');
    expect(page.title).toMatch(/^Approved and published\. Pending/);
    expect(page.text).toContain('Only the article /decide');
    expect((await site.read(id)).status).toBe('published');
    const undone = await undo(page);
    expect(textOf(undone.one('div', { class: 'notice' }))).toBe('Undone');
    expect((await site.read(id)).status).toBe('pending');
    expect(cardOf(undone, id)).toContain('Ada Lovelace');
  });

  it.each([
    ['reject', 'rejected', 'Rejected'],
    ['spam', 'spam', 'Marked as spam'],
    ['approve', 'published', 'Approved and published'],
  ])('to %s puts it away as %s', async (decision, status, words) => {
    const { id } = await site.submitSettled(`/to-${decision}`);
    const page = await decide(id, decision, { reason: 'Because.' }, `${QUEUE}?article=%2Fto-${decision}`);
    expect(page.text).toContain(words);
    const comment = await site.read(id);
    expect({ status: comment.status, reason: comment.events.at(-1)?.reason }).toEqual({ status, reason: 'Because.' });
    const detail = await open(`${QUEUE}/comments/${id}`);
    expect(detail.text).toContain('Because.');
    expect(detail.text).toContain('Undo the last decision');
    const back = pathAfter(await detail.send(moderator, `${QUEUE}/comments/${id}`, { decision: 'undo' }));
    expect(back.startsWith(`${QUEUE}/comments/${id}?notice=`)).toBe(true);
    expect((await site.read(id)).status).toBe('pending');
  });

  it('to delete is asked for once more, and erases', async () => {
    const { id } = await site.submitSettled('/delete', { author: { name: 'Erased Author' } });
    const asked = await open(`${QUEUE}/comments/${id}/delete`);
    expectPage(asked, 200);
    const page = await open(pathAfter(await asked.send(moderator, `${QUEUE}/comments/${id}`, { decision: 'delete' })));
    expect(page.text).toContain('Deleted for good');
    expect(page.text).not.toContain('Erased Author');
    expect(page.all('button', { value: 'undo' })).toEqual([]);
  });

  it('about what a colleague has decided meanwhile changes nothing and says what happened', async () => {
    const { id } = await site.submitSettled('/colleague');
    const seen = await open(`${QUEUE}?article=%2Fcolleague`);
    await site.decided(id, 'reject', { reason: 'Off topic.' }, '/colleague');
    const page = new TestPage(await seen.send(moderator, `${QUEUE}/comments/${id}`, { decision: 'approve' }));
    expectPage(page, 412);
    expect(page.text).toMatch(/Somebody was faster: Operator did this meanwhile: reject\. It is rejected now/);
    expect((await site.read(id)).status).toBe('rejected');
    const again = await open(pathAfter(await page.send(moderator, `${QUEUE}/comments/${id}`, { decision: 'approve' })));
    expectPage(again, 200);
    expect((await site.read(id)).status).toBe('published');
  });

  it('that a colleague has taken already is not ours to undo', async () => {
    const { id } = await site.submitSettled('/same');
    const seen = await open(`${QUEUE}?article=%2Fsame`);
    await site.decided(id, 'reject', undefined, '/same');
    const page = await open(pathAfter(await seen.send(moderator, `${QUEUE}/comments/${id}`, { decision: 'reject' })));
    expect(page.text).toContain('dealt with in the same way already');
    expect(page.all('button', { value: 'undo' })).toEqual([]);
  });

  it('cannot be made up in an address, nor shown to another', async () => {
    const { id } = await site.submitSettled('/notice');
    const page = await open(`${QUEUE}?article=%2Fnotice`);
    const path = pathAfter(await page.send(moderator, `${QUEUE}/comments/${id}`, { decision: 'spam' }));
    expect((await open(path)).text).toContain('Marked as spam');
    expect((await open(path, operator)).text).not.toContain('Marked as spam');
    expect((await open(`${QUEUE}?notice=spam`)).all('div', { class: 'notice' })).toEqual([]);
  });

  it('keeps to the list it came from and to no other address', async () => {
    const { id } = await site.submitSettled('/back');
    const page = await open(`${QUEUE}?article=%2Fback`);
    const answer = await page.send(moderator, `${QUEUE}/comments/${id}`, {
      ...{ decision: 'spam', back: 'https://evil.example?status=eaten', next: '"><script>' },
    });
    expect(pathAfter(answer)).toMatch(/^\/desk\/sites\/blog\?notice=[\w-]+$/);
  });
});

describe('several at once', () => {
  it('are decided with one button and undone with another', async () => {
    const ids = await site.submitMany(3, '/bulk');
    const all = await open(`${QUEUE}?article=%2Fbulk&all=1`);
    expect([...all.fieldsOf(DECISIONS).keys()].filter((name) => name.startsWith('pick.'))).toHaveLength(3);
    expect(all.all('button', { form: 'bulk', value: 'reject' })).not.toHaveLength(0);
    const page = await open(pathAfter(await all.send(moderator, DECISIONS, { decision: 'reject' })));
    expect(textOf(page.one('div', { class: 'notice' }))).toBe('3 comments: rejected Undo');
    for (const id of ids) expect((await site.read(id)).status).toBe('rejected');
    await undo(page);
    for (const id of ids) expect((await site.read(id)).status).toBe('pending');
  });

  it('leave alone what a colleague decided otherwise', async () => {
    const [mine = '', theirs = ''] = await site.submitMany(2, '/bulk-conflict');
    const all = await open(`${QUEUE}?article=%2Fbulk-conflict&all=1`);
    await site.decided(theirs, 'reject', undefined, '/bulk-conflict');
    const page = await open(pathAfter(await all.send(moderator, DECISIONS, { decision: 'approve' })));
    expect(page.text).toContain('1 comment left as found');
    expect([(await site.read(mine)).status, (await site.read(theirs)).status]).toEqual(['published', 'rejected']);
  });

  it('need to be selected first', async () => {
    await site.submitMany(1, '/bulk-none');
    const none = await open(`${QUEUE}?article=%2Fbulk-none`);
    const page = await open(pathAfter(await none.send(moderator, DECISIONS, { decision: 'approve' })));
    expect(page.text).toContain('Nothing was selected');
  });
});
