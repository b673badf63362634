import { flood, FLOOD_SETTINGS, isHeld, readForm } from '../support/flood.js';
import { solveChallenge } from '../support/solve-challenge.js';
import { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Detail } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

let service: TestService;
let operator: TestClient;
let site: TestSite;

const make = (key: string, settings = {}): Promise<TestSite> =>
  TestSite.make(operator, service.anonymous, { key, settings: { moderation: 'unsure', ...settings } });
const prove = async (article = '/a'): Promise<string> => {
  const { challenge } = await readForm(service.anonymous, site, article);
  if (!challenge) throw new Error('The form asks for no proof.');
  return solveChallenge(challenge);
};
const send = (input = {}, article = '/a'): Promise<Detail> => site.submitSettled(article, input);

beforeAll(async () => {
  service = await startTestService(FLOOD_SETTINGS);
  operator = await service.signIn();
  site = await make('blog');
  expect(Object.keys(await readForm(service.anonymous, site))).toEqual(['formToken']);
  await flood(site);
}, 120_000);
afterAll(() => service.close());

describe('while a site is flooded', () => {
  it('its forms ask for a proof of work', async () => {
    const { challenge } = await readForm(service.anonymous, site);
    expect(challenge).toMatchObject({ algorithm: 'SHA-256', maxNumber: 50_000 });
    expect(challenge?.salt).toMatch(/&$/);
    expect(challenge?.challenge).toMatch(/^[0-9a-f]{64}$/);
    expect(challenge?.signature).toMatch(/^[0-9a-f]{32}$/);
  });

  it('a comment without one is taken in, and waits for a person', async () => {
    const item = await send();
    expect(item).toMatchObject({ status: 'pending', verdict: { label: 'unsure' } });
    expect(item.verdict?.signals).toContainEqual({
      ...{ name: 'no-proof', weight: 0 },
      why: 'sent during a flood without the proof of work',
    });
  });

  it('a comment with one is judged as ever', async () => {
    const proof = await prove();
    expect(isHeld(await send({ proof }))).toBe(false);
  });

  it('a plain form may carry one too', async () => {
    const body = new URLSearchParams({
      ...{ name: 'Ada', email: 'ada@analytical.org', body: 'The plain form works as well as any.' },
      proof: await prove(),
    });
    const answer = await fetch(service.url + site.articlePath('/a', '/comments'), {
      ...{ method: 'POST', body, redirect: 'manual' },
    });
    expect(answer.status).toBe(303);
    const { items } = await site.queue('?status=published&sort=newest&q=plain');
    const [item] = items.length > 0 ? items : (await site.queue('?q=plain')).items;
    expect(item?.verdict?.signals.map(({ name }) => name) ?? []).not.toContain('no-proof');
  });

  it('a proof is good for one comment, however often that is sent', async () => {
    const proof = await prove();
    const body = 'One comment, sent twice because no answer came.';
    const first = await site.submit('/a', { proof, body });
    expect((await site.submit('/a', { proof, body })).id).toBe(first.id);
    expect(isHeld(await site.settled(first.id))).toBe(false);
    expect(isHeld(await send({ proof }))).toBe(true);
  });

  it('a proof of another article, or none of ours, counts as none', async () => {
    expect(isHeld(await send({ proof: await prove('/b') }))).toBe(true);
    expect(isHeld(await send({ proof: 'bm8gcHJvb2Y=' }))).toBe(true);
    expect(isHeld(await send({ proof: 'x'.repeat(100_000) }))).toBe(true);
  });

  it('a token of a form that asked for one excuses nobody', async () => {
    const { formToken } = await readForm(service.anonymous, site);
    expect(isHeld(await send({ formToken }))).toBe(true);
  });

  it('a program with the site’s key needs none', async () => {
    const keyed = await site.apiKey('comments:write');
    const answer = await keyed.comment<{ id: string }>('blog', '/a', { body: 'From the site’s own importer.' });
    expect(isHeld(await site.settled(answer.body.id))).toBe(false);
  });

  it('other sites are not', async () => {
    const other = await make('quiet');
    expect((await readForm(service.anonymous, other)).challenge).toBeUndefined();
    expect(isHeld(await other.submitSettled())).toBe(false);
  });

  it('every process asks, also one to which nothing came', async () => {
    const other = await service.another({ ROLE: 'web' });
    const reader = new TestClient(other.url ?? '');
    expect((await readForm(reader, site)).challenge).toBeDefined();
  });

  it('the operator sees it in the metrics', async () => {
    const { text } = await service.anonymous.get('/metrics');
    expect(text).toMatch(/^winnow_floods_total 1$/m);
    expect(text).toMatch(/^winnow_flood_submissions_total\{proof="missing"\} [1-9]/m);
    expect(text).toMatch(/^winnow_flood_submissions_total\{proof="solved"\} [1-9]/m);
  });

  it('and its owner wants no proof, nobody is asked nor held', async () => {
    const patched = await operator.request('PATCH', site.path(), { settings: { floodProof: false } });
    expect(patched.status).toBe(200);
    await waitUntil(async () => !(await readForm(service.anonymous, site)).challenge, 'the setting is in force');
    expect(isHeld(await send())).toBe(false);
    await operator.request('PATCH', site.path(), { settings: { floodProof: true } });
  });
});
