import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 } from 'uuid';
import { asObject, securityHeaders } from '../http/security-headers.js';
import type { MetricsDoor } from '../metrics/metrics-door.js';
import { Problem, problemBody } from '../problem/problem.js';
import { standingHeaders, toProblem } from '../problem/problem.filter.js';
import type { HealthReport } from './health-report.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const REQUEST_WITHIN_MS = 5_000;
/** It speaks plain HTTP to its own network, however the world reaches the service. */
const ALWAYS = asObject(securityHeaders(''));

interface Shown {
  readonly type: string;
  readonly body: string;
}

/** What a process of role worker shows to those who watch it: health and metrics, and nothing else. */
export class WorkerDoor {
  readonly #server: Server;

  constructor(
    private readonly health: HealthReport,
    private readonly metrics: MetricsDoor,
  ) {
    this.#server = createServer({ requestTimeout: REQUEST_WITHIN_MS }, (request, response) => {
      void this.#answer(request, response);
    });
  }

  /** @returns the port it listens on */
  async open(port: number, host: string): Promise<number> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) =>
      this.#server.close(() => {
        resolve();
      }),
    );
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const id = v7();
    const standing = { 'x-request-id': id, 'cache-control': 'no-store', ...ALWAYS };
    try {
      const { type, body } = await this.#show(request, path);
      response.writeHead(200, { ...standing, 'content-type': type }).end(body);
    } catch (thrown) {
      const problem = toProblem(thrown);
      response
        .writeHead(problem.status, {
          ...standing,
          ...standingHeaders(problem),
          ...problem.extras.headers,
          'content-type': 'application/problem+json',
        })
        .end(JSON.stringify(problemBody(problem, path, id)));
    }
  }

  async #show({ method, headers }: IncomingMessage, path: string): Promise<Shown> {
    const pages: Readonly<Record<string, () => Promise<Shown>>> = {
      '/health/live': () => Promise.resolve(asJson(this.health.live())),
      '/health/ready': async () => asJson(await this.health.ready()),
      '/metrics': async () => ({
        body: await this.metrics.show(headers.authorization),
        type: this.metrics.contentType,
      }),
    };
    const show = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (!show) throw new Problem('not-found');
    if (method !== 'GET' && method !== 'HEAD') {
      throw new Problem('method-not-allowed', { headers: { allow: 'GET, HEAD' } });
    }
    return show();
  }
}

function asJson(view: object): Shown {
  return { type: JSON_TYPE, body: JSON.stringify(view) };
}
