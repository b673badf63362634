import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';

/**
 * Stands between a client and a server and can do to them what networks do: swallow without closing anything (a
 * half-open connection), or lead to another server from now on.
 */
export class TcpProxy {
  /** Every connection falls silent that is spoken on while this is true, for good. */
  isDeaf = false;
  /** Likewise a connection on which this is said. */
  deafFor: RegExp | null = null;
  swallowed = 0;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
    public target: NetConnectOpts,
  ) {}

  static async open(target: NetConnectOpts): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const proxy = new TcpProxy(server, port, target);
    server.on('connection', (client: Socket) => {
      proxy.#join(client, connect(proxy.target));
    });
    return proxy;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cut();
    await closed;
  }

  /** Ends every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  #join(client: Socket, upstream: Socket): void {
    let isSilent = false;
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (bytes: Buffer) => {
      isSilent ||= this.isDeaf || (this.deafFor?.test(bytes.toString('latin1')) ?? false);
      if (isSilent) this.swallowed++;
      else upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (!isSilent) client.write(bytes);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => {
      if (!isSilent) client.destroy();
    });
  }
}

/** A proxy before the test's PostgreSQL, which listens on a Unix socket only. */
export async function openPostgresProxy(url: string): Promise<{ proxy: TcpProxy; url: string }> {
  const { pathname, searchParams, username } = new URL(url.replace('@/', '@host/'));
  const proxy = await TcpProxy.open({ path: `${searchParams.get('host') ?? ''}/.s.PGSQL.5432` });
  return { proxy, url: `postgres://${username}@127.0.0.1:${proxy.port}${pathname}` };
}
