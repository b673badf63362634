import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/* A page of a site: another origin than the service, and as strict a policy as a page can have that uses the widget. */

export interface PageOptions {
  readonly body: string;
  /** In the head, after the script. */
  readonly head?: string;
  readonly lang?: string;
  /** One that only reports stops nothing. */
  readonly policy?: 'enforced' | 'reported';
}

export class EmbeddingPage {
  #options: PageOptions = { body: '' };
  #allowed = '';

  private constructor(
    private readonly server: Server,
    private readonly service: string,
  ) {}

  static async serve(service: string): Promise<EmbeddingPage> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://none.test');
      response.setHeader('content-type', 'text/html; charset=utf-8');
      // It may not even have an icon.
      if (['/favicon.ico', '/reports'].includes(pathname)) response.writeHead(204).end();
      else page.#write(response);
    });
    const page = new EmbeddingPage(server, service);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return page;
  }

  #write(response: ServerResponse): void {
    const isEnforced = this.#options.policy !== 'reported';
    response.setHeader(`content-security-policy${isEnforced ? '' : '-report-only'}`, this.policy);
    response.end(this.#render());
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the page shows from now on. */
  show(options: PageOptions | string): void {
    this.#options = typeof options === 'string' ? { body: options } : options;
  }

  /** Another service that its widgets may ask. */
  allow(service: string): void {
    this.#allowed = service;
  }

  private get policy(): string {
    return (
      `default-src 'none'; script-src ${this.service}; connect-src ${this.service} ${this.#allowed}; ` +
      // Browsers want to be told where to report to.
      `form-action ${this.service}; report-uri /reports; require-trusted-types-for 'script'; trusted-types winnow`
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #render(): string {
    const { body, head = '', lang = 'en' } = this.#options;
    return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>A page of the blog</title><script src="${this.service}/embed.js" async></script>${head}</head>
<body><main><h1>A page of the blog</h1>${body}</main></body></html>`;
  }
}
