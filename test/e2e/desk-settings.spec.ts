import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import {
  attributeOf,
  BROWSER_ACCEPT,
  expectPage,
  fromOwnPage,
  pathAfter,
  TestPage,
  textOf,
} from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const SETTINGS = '/desk/sites/blog/settings';
const HOSTILE = `"><script>alert('x')</script>`;

let service: TestService;
let operator: TestClient;
let owner: TestClient;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog' });
  owner = await signInMember(service, 'owner@settings.test', { blog: 'owner' });
});

afterAll(() => service.close());

interface Stored {
  readonly name: string;
  readonly origins: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
}

/** As the list of sites shows it, which is read from the database each time. */
async function stored(key = 'blog'): Promise<Stored | undefined> {
  const { items } = (await operator.get<{ items: (Stored & { key: string })[] }>('/v1/sites?limit=100')).body;
  return items.find((site) => site.key === key);
}

async function follow(client: TestClient, answer: Answer): Promise<TestPage> {
  return answer.status === 303 ? TestPage.open(client, pathAfter(answer)) : new TestPage(answer);
}

/** Sends a form of the page at `path`, and follows to where it leads. */
async function send(
  client: TestClient,
  path: string,
  action: string,
  fields: Record<string, string> = {},
): Promise<TestPage> {
  return follow(client, await (await TestPage.open(client, path)).send(client, action, fields));
}

function typedIn(page: TestPage, action: string): Record<string, string> {
  return Object.fromEntries(page.fieldsOf(action));
}

describe('the settings of a site', () => {
  const chosen = {
    name: 'My «blog»',
    moderation: 'new-authors',
    closeAfterDays: '30',
    maxDepth: '0',
    editMinutes: '60',
    hold: '40',
    spam: '97.5',
    blindShare: '2',
    reservedNames: 'Grace Hopper',
  };

  it('are saved as they were written, and shown as they stand', async () => {
    const page = await send(owner, SETTINGS, SETTINGS, {
      ...chosen,
      origins: 'https://Blog.example/\r\n\r\n http://localhost:8080 \r\nhttps://blog.example',
      blockedWords: 'cheap pills\r\ncasino\r\n',
    });
    expectPage(page, 200);
    expect(page.text).toContain('The settings are saved.');
    expect(page.title).toContain('Settings of My «blog»');
    const lists = {
      origins: 'https://blog.example\nhttp://localhost:8080',
      blockedWords: 'cheap pills\ncasino',
    };
    expect(typedIn(page, SETTINGS)).toEqual({
      ...chosen,
      ...lists,
      publishOnApproval: 'yes',
      floodProof: 'yes',
    });
    expect(await stored()).toMatchObject({
      name: 'My «blog»',
      origins: ['https://blog.example', 'http://localhost:8080'],
      settings: {
        moderation: 'new-authors',
        publishOnApproval: true,
        closeAfterDays: 30,
        maxDepth: 0,
        editMinutes: 60,
        thresholds: { hold: 0.4, spam: 0.975 },
        blindShare: 0.02,
        blockedWords: ['cheap pills', 'casino'],
        reservedNames: ['Grace Hopper'],
      },
    });
  });

  it('may say never, and no', async () => {
    const page = await TestPage.open(owner, SETTINGS);
    const fields = page.fieldsOf(SETTINGS, { closeAfterDays: ' ', origins: '', maxDepth: '3' });
    fields.delete('publishOnApproval');
    fields.delete('floodProof');
    const saved = await follow(owner, await owner.post(SETTINGS, fields, fromOwnPage(owner)));
    expectPage(saved, 200);
    expect(attributeOf(saved.one('input', { name: 'publishOnApproval' }), 'checked')).toBeNull();
    expect(await stored()).toMatchObject({
      origins: [],
      settings: { closeAfterDays: null, publishOnApproval: false, floodProof: false, maxDepth: 3 },
    });
  });

  it('leave alone what the form cannot show as it is', async () => {
    const words = ['two\nlines', ' padded '];
    const thresholds = { hold: 0.123456789, spam: 0.75 };
    expect(
      (await operator.request('PATCH', '/v1/sites/blog', { settings: { blockedWords: words, thresholds } })).status,
    ).toBe(200);
    await send(owner, SETTINGS, SETTINGS, { name: 'The blog' });
    expect(await stored()).toMatchObject({ name: 'The blog', settings: { blockedWords: words, thresholds } });
  });

  it('say at each field what is wrong, and keep what was typed', async () => {
    const before = await stored();
    const typed = {
      name: '\u200b',
      origins: `https://fine.example\nhttps://blog.example/path\n${HOSTILE}`,
      closeAfterDays: '1.5',
      maxDepth: '',
      editMinutes: '',
      hold: 'half',
      spam: '',
      reservedNames: HOSTILE,
      blockedWords: 'x'.repeat(101),
    };
    const page = await send(owner, SETTINGS, SETTINGS, typed);
    expectPage(page, 422);
    expect(page.title).toContain('Nothing was changed yet. Please mend what is marked.');
    expect(typedIn(page, SETTINGS)).toMatchObject(typed);
    const says = (name: string): string => textOf(page.one('p', { id: `fault-${name}` }));
    expect(says('name')).toBe('Write something that can be seen.');
    expect(says('origins')).toMatch(/^Line 2: Write an origin as https:\/\/blog\.example, without a path/);
    expect(says('closeAfterDays')).toBe('Write a whole number of days, from 1 to 36500, or nothing.');
    expect(says('maxDepth')).toBe('Write a whole number from 0 to 20.');
    expect(says('editMinutes')).toBe('Write a whole number of minutes, from 0 to 1440.');
    expect(says('hold')).toBe('Write a number from 0 to 100, no larger than the one below.');
    expect(says('spam')).toBe('Write a number from 0 to 100.');
    expect(says('blockedWords')).toContain('at most 1000 of at most 100 characters');
    expect(page.all('p', { id: /^fault-/ })).toHaveLength(8);
    expect(page.all('p', { id: 'fault-reservedNames' })).toEqual([]);
    expect(await stored()).toEqual(before);
  });

  it('take no policy that is none, and no number past its bounds', async () => {
    for (const [name, value] of [
      ['moderation', 'some'],
      ['closeAfterDays', '9'.repeat(400)],
      ['closeAfterDays', '0'],
      ['maxDepth', '21'],
      ['editMinutes', '1441'],
      ['maxDepth', '0x10'],
      ['spam', '101'],
      ['hold', '99,9 %'],
      ['origins', Array.from({ length: 101 }, (_, n) => `https://a${n}.example`).join('\n')],
      ['reservedNames', 'a\0b'],
      ['blockedWords', Array.from({ length: 2_500 }, (_, n) => `w${n}`).join('\n')],
    ] as const) {
      const page = await send(owner, SETTINGS, SETTINGS, { [name]: value });
      expectPage(page, 422);
      expect(page.all('p', { id: /^fault-/ }).map((fault) => attributeOf(fault, 'id'))).toEqual([`fault-${name}`]);
    }
  });

  it('are for owners and operators, and only they are shown the way', async () => {
    expectPage(await TestPage.open(operator, SETTINGS), 200);
    expect((await TestPage.open(owner, '/desk/sites/blog')).all('a', { href: SETTINGS })).toHaveLength(1);
    const form = new URLSearchParams({ name: 'Mine', moderation: 'none', maxDepth: '5' });
    for (const role of ['viewer', 'moderator', 'none'] as const) {
      const client = await signInMember(service, `${role}@settings.test`, role === 'none' ? {} : { blog: role });
      const status = role === 'none' ? 404 : 403;
      expectPage(await TestPage.open(client, SETTINGS), status);
      expectPage(new TestPage(await client.post(SETTINGS, form, fromOwnPage(client))), status);
      if (role !== 'none')
        expect((await TestPage.open(client, '/desk/sites/blog')).all('a', { href: SETTINGS })).toEqual([]);
    }
  });

  it('are changed by no form of another page', async () => {
    const forged = { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' };
    const form = new URLSearchParams({ name: 'Forged', moderation: 'none', maxDepth: '5' });
    expectPage(new TestPage(await owner.post(SETTINGS, form, forged)), 403);
    expect((await stored())?.name).toBe('The blog');
  });
});
