import { expectProblem, pointersOf } from '../support/problems.js';
import { asSuperuser } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Submitted } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const EMOJI = '😀';

let service: TestService;
let operator: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
});

afterAll(() => service.close());

interface ReceiptSeen {
  readonly id: string;
  readonly status: string;
  readonly editableUntil: string | null;
  readonly reason?: string;
}

async function receiptOf({ receipt }: Submitted): Promise<ReceiptSeen> {
  return (await service.anonymous.get<ReceiptSeen>(`/v1/receipts/${receipt}`)).body;
}

/** The receipt once it says what is expected. */
async function receiptSays(submitted: Submitted, status: string): Promise<void> {
  await waitUntil(async () => (await receiptOf(submitted)).status === status, `the receipt says ${status}`);
}

describe('the answer to a comment', () => {
  it('is 202 with id, receipt and the address of its state', async () => {
    const answer = await service.anonymous.comment<Submitted>('blog', '/first');
    expect(answer.status).toBe(202);
    const { id, receipt, statusUrl } = answer.body;
    expect(answer.body).toEqual({ id, status: 'received', receipt, statusUrl });
    expect(id).toMatch(UUID_V7);
    expect(receipt).toMatch(/^[\w-]{22,}$/);
    expect(statusUrl.endsWith(`/v1/receipts/${receipt}`)).toBe(true);
    expect(answer.headers.get('location')).toBe(statusUrl);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('x-request-id')).toMatch(/\S/);
    expect((await service.anonymous.get(new URL(statusUrl).pathname)).body).toMatchObject({ id });
  });

  it('comes after the comment is in the database', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => site.submit('/durable')));
    const ids = answers.map(({ id }) => id);
    const rows = await asSuperuser(service, 'select id from comment where id = any($1)', [ids]);
    expect(rows).toHaveLength(20);
  });

  it('points a probable typo in the address out, and none in a right one', async () => {
    const typo = await site.submit('/a', { author: { name: 'Ada', email: 'ada@gmial.com' } });
    expect(typo.emailSuggestion).toBe('ada@gmail.com');
    expect(await site.submit('/a', { author: { name: 'Ada', email: 'ada@gmail.com' } })).not.toHaveProperty(
      'emailSuggestion',
    );
  });

  it('makes an article that does not exist yet, under the key as it was sent', async () => {
    const key = '/2012/11/Fünf & “zwei”? 100% #x;y=z 日本語';
    const submitted = await site.submit(key, { articleTitle: 'Five', articleUrl: 'https://blog.example/five' });
    const item = await site.settled(submitted.id);
    expect(item.article).toEqual({ key, title: 'Five', url: 'https://blog.example/five' });
  });

  it('is 404 for an unknown site and makes nothing', async () => {
    expectProblem(await service.anonymous.comment('no-such-site', '/a'), 404, 'site-not-found');
  });
});

describe('a receipt', () => {
  it('tells the whole life of a comment, and nothing of what the moderators keep to themselves', async () => {
    const submitted = await site.submit('/life');
    expect(['received', 'pending']).toContain((await receiptOf(submitted)).status);
    await receiptSays(submitted, 'pending');
    const steps = [
      ['spam', 'pending'],
      ['reject', 'declined'],
      ['restore', 'pending'],
      ['publish', 'published'],
      ['unpublish', 'pending'],
      ['delete', 'declined'],
    ] as const;
    for (const [action, status] of steps) {
      await site.decided(submitted.id, action, undefined, '/life');
      const { editableUntil, ...rest } = await receiptOf(submitted);
      expect(rest).toEqual({ id: submitted.id, status });
      expect(editableUntil === null).toBe(status === 'declined');
    }
  });

  it('gives the reason of a rejection, and never the note', async () => {
    const submitted = await site.submit('/life');
    await site.settled(submitted.id);
    await site.decided(submitted.id, 'reject', { reason: 'Off <b>topic</b>', note: 'rude' }, '/life');
    const declined = { id: submitted.id, status: 'declined', editableUntil: null };
    expect(await receiptOf(submitted)).toEqual({ ...declined, reason: 'Off <b>topic</b>' });
    const page = await service.anonymous.get(`/v1/receipts/${submitted.receipt}`, { accept: 'text/html' });
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.text).toContain('Off &lt;b&gt;topic&lt;/b&gt;');
    expect(page.text).not.toContain('rude');
  });

  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['text/html;q=0.2, application/json', 'application/json'],
  ])('to a program that accepts %s is %s', async (accept, type) => {
    const { receipt } = await site.submit();
    const answer = await service.anonymous.get(`/v1/receipts/${receipt}`, { accept });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(new RegExp(`^${type}`));
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('accept');
  });

  it('of another comment cannot be made of this one', async () => {
    const { receipt } = await site.submit();
    const swapped = `${receipt.slice(0, -2)}${receipt.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const forged of [swapped, receipt.slice(1), `${receipt}A`, 'x', `${receipt}=`]) {
      expectProblem(await service.anonymous.get(`/v1/receipts/${forged}`), 404, 'receipt-not-found');
    }
  });
});

describe('the honeypot', () => {
  it('makes spam of the comment and is told to nobody but the moderator, as a signal', async () => {
    const submitted = await site.submit('/honey', { website: 'canary-of-the-honeypot' });
    const item = await site.settled(submitted.id);
    expect(item.status).toBe('spam');
    expect(item.verdict?.signals.map(({ name }) => name)).toContain('honeypot');
    expect(JSON.stringify([submitted, item])).not.toContain('canary-of-the-honeypot');
    expect((await receiptOf(submitted)).status).toBe('pending');
    const [row] = await asSuperuser(service, `select to_jsonb(c)::text as whole from comment c where id = $1`, [
      item.id,
    ]);
    expect(JSON.stringify(row)).not.toContain('canary-of-the-honeypot');
  });
});

describe('what a body may hold', () => {
  it.each([
    [{ extra: 1 }, '/extra'],
    [{ author: { name: 'A', email: 'a@b.org', isAdmin: true } }, '/author/isAdmin'],
    [{ status: 'published' }, '/status'],
    [{ 'a/b~c': 1 }, '/a~1b~0c'],
    [{ body: 7 }, '/body'],
    [{ body: null }, '/body'],
    [{ author: 'Ada' }, '/author'],
    [{ author: { name: 'Ada', email: 'not an address' } }, '/author/email'],
    [{ author: { name: 'Ada', email: 'ada@nowhere' } }, '/author/email'],
    [{ author: { name: ' \u200b\u3000', email: 'a@b.org' } }, '/author/name'],
    [{ author: { name: 'Ada', email: 'a@b.org', url: 'javascript:alert(1)' } }, '/author/url'],
    [{ body: ' \n\t\u200b' }, '/body'],
    [{ parentId: 'x' }, '/parentId'],
    [{ articleUrl: 'ftp://blog.example/' }, '/articleUrl'],
  ])('%j is 422 at %s', async (members, pointer) => {
    const author = { name: 'Ada', email: 'ada@analytical.org' };
    const answer = await service.anonymous.post(site.articlePath('/a', '/comments'), {
      author,
      body: 'Hm.',
      ...members,
    });
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it('an empty object names every member that is missing', async () => {
    const answer = await service.anonymous.post(site.articlePath('/a', '/comments'), { author: {} });
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual(['/author/email', '/author/name', '/body']);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'toJSON', 'length', '__defineGetter__'])(
    'a member named %s is unknown like any other',
    async (name) => {
      const author = { name: 'Ada', email: 'ada@analytical.org' };
      for (const [members, pointer] of [
        [{ author, body: 'Hm.', [name]: 'x' }, `/${name}`],
        [{ author: { ...author, [name]: { a: 1 } }, body: 'Hm.' }, `/author/${name}`],
      ] as const) {
        const answer = await service.anonymous.post(site.articlePath('/a', '/comments'), members);
        expectProblem(answer, 422, 'invalid-body');
        expect(pointersOf(answer)).toEqual([pointer]);
      }
    },
  );
});

describe('limits, in code points', () => {
  const email = (length: number): string => {
    const domain = `${['b', 'c', 'd'].map((letter) => letter.repeat(61)).join('.')}.org`;
    return `${'a'.repeat(length - domain.length - 1)}@${domain}`;
  };
  const author = { name: 'Ada', email: 'ada@analytical.org' };
  const url = (length: number): string => 'https://blog.example/'.padEnd(length, 'x');
  const limits: [string, number, (length: number) => Record<string, unknown>][] = [
    ['/author/name', 100, (n) => ({ author: { ...author, name: EMOJI.repeat(n) } })],
    ['/author/url', 2048, (n) => ({ author: { ...author, url: url(n) } })],
    ['/author/email', 254, (n) => ({ author: { ...author, email: email(n) } })],
    ['/body', 10_000, (n) => ({ body: EMOJI.repeat(n) })],
    ['/body', 10_000, (n) => ({ body: 'e\u0301'.repeat(n) })],
    ['/body', 10_000, (n) => ({ body: '\u0007x'.repeat(n) })],
    ['/body', 10_000, (n) => ({ body: `${'\u0958'.repeat(4000)}${'x'.repeat(n - 8000)}` })],
    ['/articleTitle', 500, (n) => ({ articleTitle: EMOJI.repeat(n) })],
    ['/articleUrl', 2048, (n) => ({ articleUrl: url(n) })],
  ];

  it.each(limits)('%s takes %i and not one more', async (pointer, most, make) => {
    for (const length of [most - 1, most]) {
      const answer = await service.anonymous.comment('blog', '/limits', {
        body: `Of ${pointer} ${length}`,
        ...make(length),
      });
      expect({ length, status: answer.status, text: answer.status === 202 || answer.text }).toMatchObject({
        status: 202,
      });
    }
    const answer = await service.anonymous.comment('blog', '/limits', make(most + 1));
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it.each([
    ['/author/name', { author: { name: '', email: 'ada@analytical.org' } }],
    ['/body', { body: '' }],
    ['/body', { body: '\u0007\u0008' }],
  ])('%s is not empty', async (pointer, members) => {
    const answer = await service.anonymous.comment('blog', '/limits', members);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it('a request of 256 KiB is read, and one byte more is 413', async () => {
    const sized = (bytes: number): string => JSON.stringify({ x: '' }).replace('""', `"${'y'.repeat(bytes - 8)}"`);
    const path = site.articlePath('/a', '/comments');
    expect(sized(262_144)).toHaveLength(262_144);
    expectProblem(await service.anonymous.post(path, sized(262_144)), 422, 'invalid-body');
    expectProblem(await service.anonymous.post(path, sized(262_145)), 413, 'body-too-large');
  });

  it('an article key has up to 512 characters, whatever their bytes', async () => {
    for (const key of [EMOJI.repeat(512), 'x'.repeat(512), 'x']) {
      expect((await service.anonymous.comment('blog', key)).status).toBe(202);
    }
    for (const key of ['x'.repeat(513), EMOJI.repeat(513), 'a\nb', 'a\0b', '\u0085']) {
      expectProblem(await service.anonymous.comment('blog', key), 400);
    }
  });
});

describe('the cleaning of text', () => {
  const inEachPlace = (text: string): [string, Record<string, unknown>][] => [
    ['/author/name', { author: { name: `A${text}`, email: 'ada@analytical.org' } }],
    ['/author/email', { author: { name: 'A', email: `ada${text}@analytical.org` } }],
    ['/author/url', { author: { name: 'A', email: 'ada@analytical.org', url: `https://a.example/${text}` } }],
    ['/body', { body: `B${text}` }],
    ['/articleTitle', { articleTitle: `T${text}` }],
    ['/articleUrl', { articleUrl: `https://a.example/${text}` }],
    ['/website', { website: `w${text}` }],
  ];

  it.each([
    ['NUL', '\0'],
    ['a lone high surrogate', '\ud83d'],
    ['a lone low surrogate', '\ude00x'],
  ])('refuses %s in every member, with its pointer', async (_name, text) => {
    for (const [pointer, members] of inEachPlace(text)) {
      const answer = await service.anonymous.comment('blog', '/a', members);
      expectProblem(answer, 422, 'invalid-body');
      expect(pointersOf(answer)).toEqual([pointer]);
    }
  });

  it.each([
    ['removes control characters', 'a\u0001b\u001b[31mc\u007fd\u009fe', 'ab[31mcde'],
    ['keeps tab and newline', 'a\tb\nc', 'a\tb\nc'],
    ['makes one newline of CRLF', 'a\r\nb', 'a\nb'],
    ['composes', 'Cafe\u0301 \u212b', 'Caf\u00e9 \u00c5'],
    ['keeps what is only compatible', 'ﬁ ① ｆ', 'ﬁ ① ｆ'],
    ['keeps emoji sequences and bidi marks', '👩‍👩‍👧 \u202eabc\u202c', '👩‍👩‍👧 \u202eabc\u202c'],
    ['keeps markup as it was typed', '<b>&amp;</b> %00 \\u0000', '<b>&amp;</b> %00 \\u0000'],
  ])('%s', async (_name, sent, stored) => {
    const input = { author: { name: `N${sent}` }, body: `B${sent}`, articleTitle: `T${sent}` };
    const { id } = await site.submit(`/clean/${_name}`, input);
    const item = await site.read(id);
    expect(item.author.name).toBe(`N${stored}`);
    expect(item.body).toBe(`B${stored}`);
    expect(item.article.title).toBe(`T${stored}`);
  });
});
