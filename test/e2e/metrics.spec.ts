import { expectProblem } from '../support/problems.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const TOKEN = 'a-token-of-the-tests';

describe('/metrics', () => {
  let service: TestService;
  const scrape = async (): Promise<string> => (await service.anonymous.get('/metrics')).text;

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(() => service.close());

  it('counts requests by the pattern of their route, never by what somebody typed', async () => {
    for (const path of ['one', 'two', 'three']) await service.anonymous.get(`/v1/sites/demo/articles/${path}/comments`);
    await service.anonymous.get('/v1/receipts/a-receipt-that-is-none');
    await service.anonymous.get('/nowhere/at/all');
    await service.anonymous.request('PROPFIND', '/v1/session');
    const text = await scrape();
    expect(text).toMatch(
      /^winnow_http_requests_total\{method="GET",route="\/v1\/sites\/:site\/articles\/:article\/comments",status="200"\} 3$/m,
    );
    expect(text).toMatch(/route="\/v1\/receipts\/:receipt",status="404"\} 1$/m);
    expect(text).toMatch(/^winnow_http_requests_total\{method="GET",route="none",status="404"\} 1$/m);
    expect(text).toMatch(/^winnow_http_request_duration_seconds_count\{route="\/v1\/receipts\/:receipt"\} 1$/m);
    expect(text).not.toMatch(/a-receipt-that-is-none|nowhere|PROPFIND/);
  });

  it('names no site, however many there are', async () => {
    const operator = await service.signIn();
    const before = lines(await scrape());
    for (let number = 0; number < 20; number++) {
      const site = await TestSite.make(operator, service.anonymous, { key: `canary-${number}` });
      await service.anonymous.get(site.path('/counts?article=a'));
    }
    const text = await scrape();
    expect(text).not.toContain('canary');
    // The routes above for the first time, and what Node has to say of new kinds of handles.
    expect(lines(text) - before).toBeLessThan(100);
  });

  it('tells of the process, the pool, the queue and what waits', async () => {
    const text = await scrape();
    for (const name of [
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
      'winnow_queue_depth{queue="screening"}',
      'winnow_received_comments',
      'winnow_oldest_received_seconds',
      'winnow_database_connections{state="busy"}',
      'winnow_scrape_ok{source="database"}',
    ]) {
      expect(text).toContain(`\n${name} `);
    }
  });

  it('counts submissions, batches, verdicts, decisions and public reads as they happen', async () => {
    const operator = await service.signIn();
    const site = await TestSite.make(operator, service.anonymous, { key: 'counted' });
    const { id } = await site.submitSettled('/a');
    await site.decide(id, 'approve');
    await site.decide(id, 'approve');
    const thread = site.articlePath('/a', '/comments');
    const first = await service.anonymous.get(thread);
    await service.anonymous.get(thread);
    await service.anonymous.get(thread, { 'if-none-match': String(first.headers.get('etag')) });
    const text = await scrape();
    const value = (name: string): number => Number(text.split(`\nwinnow_${name} `)[1]?.split('\n')[0]);
    expect(value('submissions_total{outcome="accepted"}')).toBeGreaterThan(0);
    expect(value('intake_batch_size_sum')).toBe(value('submissions_total{outcome="accepted"}'));
    expect(value('screening_duration_seconds_count')).toBe(value('submissions_total{outcome="accepted"}'));
    expect(value('screening_batch_size_count')).toBeGreaterThan(0);
    const verdicts = ['ham', 'unsure', 'spam'].map((verdict) => value(`screened_total{verdict="${verdict}"}`));
    expect(verdicts.reduce((sum, count) => sum + count)).toBe(value('submissions_total{outcome="accepted"}'));
    // In force already the second time: no decision.
    expect(value('decisions_total{action="approve",by="person"}')).toBe(1);
    expect(value('ready_answers_total{result="miss"}')).toBeGreaterThan(0);
    expect(value('ready_answers_total{result="hit"}')).toBeGreaterThan(0);
    expect(value('ready_answers_total{result="not_modified"}')).toBe(1);
  });

  it('is kept by no cache, in the format of Prometheus', async () => {
    const { headers } = await service.anonymous.get('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('/metrics with METRICS_TOKEN', () => {
  it('is shown to who has the token, whatever else it is, and to nobody else', async () => {
    const service = await startTestService({ METRICS_TOKEN: TOKEN });
    try {
      const { anonymous } = service;
      expectProblem(await anonymous.get('/metrics'), 401, 'not-signed-in');
      for (const wrong of [`${TOKEN}x`, TOKEN.slice(1), TOKEN.toUpperCase(), '']) {
        expectProblem(await anonymous.withKey(wrong).get('/metrics'), 401, 'not-signed-in');
      }
      const operator = await service.signIn();
      expectProblem(await operator.get('/metrics'), 401, 'not-signed-in');
      expect((await anonymous.withKey(TOKEN).get('/metrics')).status).toBe(200);
    } finally {
      await service.close();
    }
  });
});

function lines(text: string): number {
  return text.split('\n').length;
}
