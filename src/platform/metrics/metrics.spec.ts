import { readFileSync } from 'node:fs';
import { QueueDepths } from '../queue/queue-depths.js';
import { SharedReading } from '../shared-reading.js';
import { Metrics, type Backlog } from './metrics.js';

function make(): { metrics: Metrics; depths: QueueDepths } {
  const depths = new QueueDepths();
  return { metrics: new Metrics(depths), depths };
}

function reading(read: () => Promise<Backlog>): SharedReading<Backlog> {
  return new SharedReading(read, { withinMs: 20, lifeMs: 0 });
}

describe('the metrics', () => {
  it('count what they are told', async () => {
    const { metrics } = make();
    metrics.request('GET', '/v1/x', 200, 0.004);
    metrics.request('GET', '/v1/x', 200, 0.2);
    metrics.submitted('accepted');
    metrics.intakeBatch(12);
    metrics.screeningBatch(3, 0.01);
    metrics.screened('spam', 0.7);
    metrics.decided('approve', 'person');
    metrics.readyAnswer('hit');
    const text = await metrics.render();
    expect(text).toMatch(/^winnow_http_requests_total\{method="GET",route="\/v1\/x",status="200"\} 2$/m);
    expect(text).toMatch(/^winnow_http_request_duration_seconds_bucket\{le="0.005",route="\/v1\/x"\} 1$/m);
    expect(text).toMatch(/^winnow_submissions_total\{outcome="accepted"\} 1$/m);
    expect(text).toMatch(/^winnow_intake_batch_size_sum 12$/m);
    expect(text).toMatch(/^winnow_screening_batch_size_count 1$/m);
    expect(text).toMatch(/^winnow_screened_total\{verdict="spam"\} 1$/m);
    expect(text).toMatch(/^winnow_screening_duration_seconds_sum 0.7$/m);
    expect(text).toMatch(/^winnow_decisions_total\{action="approve",by="person"\} 1$/m);
    expect(text).toMatch(/^winnow_ready_answers_total\{result="hit"\} 1$/m);
  });

  it('begin at 0 where the values are known, so that a first spam is an increase', async () => {
    const text = await make().metrics.render();
    for (const verdict of ['ham', 'unsure', 'spam']) {
      expect(text).toMatch(new RegExp(`^winnow_screened_total\\{verdict="${verdict}"\\} 0$`, 'm'));
    }
  });

  it('know no method that somebody made up', async () => {
    const { metrics } = make();
    metrics.request('BREW', '/v1/x', 405, 0.001);
    expect(await metrics.render()).toContain('method="other"');
  });

  it('of two services in one process are apart', async () => {
    const one = make().metrics;
    const other = make().metrics;
    one.submitted('accepted');
    expect(await other.render()).toMatch(/^winnow_submissions_total\{outcome="accepted"\} 0$/m);
  });

  it('leave out what does not answer, and show it again when it does', async () => {
    const { metrics, depths } = make();
    let isAway = false;
    const ask = <T>(value: T): Promise<T> => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(value));
    metrics.watchBacklog(reading(() => ask({ received: 5, oldestSeconds: 2.5 })));
    depths.watch('screening', () => ask(3));
    expect(await metrics.render()).toMatch(/^winnow_oldest_received_seconds 2.5$/m);
    isAway = true;
    const away = await metrics.render();
    expect(away).not.toMatch(/^winnow_oldest_received_seconds /m);
    expect(away).not.toMatch(/^winnow_received_comments /m);
    expect(away).toMatch(/^winnow_scrape_ok\{source="database"\} 0$/m);
    isAway = false;
    expect(await metrics.render()).toMatch(/^winnow_received_comments 5$/m);
  });

  it('are not held up by a database that hangs', async () => {
    const { metrics } = make();
    metrics.watchBacklog(reading(() => new Promise<Backlog>(() => undefined)));
    expect(await metrics.render()).toMatch(/^winnow_scrape_ok\{source="database"\} 0$/m);
  });

  it('show who waits for a connection of the pool', async () => {
    const { metrics } = make();
    metrics.watchPool({ totalCount: 10, idleCount: 3, waitingCount: 4 });
    const text = await metrics.render();
    expect(text).toMatch(/^winnow_database_connections\{state="busy"\} 7$/m);
    expect(text).toMatch(/^winnow_database_connections\{state="awaited"\} 4$/m);
  });

  it('are all explained to the operator', async () => {
    const guide = readFileSync(new URL('../../../docs/operators.md', import.meta.url), 'utf8');
    const names = [...(await make().metrics.render()).matchAll(/^# TYPE (winnow_\w+)/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !guide.includes(`\`${name}`))).toEqual([]);
  });
});
