import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Stands between a client and a server and can do to them what networks do: swallow without closing anything (a
 * half-open connection), take long, break off, turn away, or lead to another server from now on.
 */
export class TcpProxy {
  /** Every connection falls silent that is spoken on while this is true, for good. */
  isDeaf = false;
  /** Likewise a connection on which this is said. */
  deafFor: RegExp | null = null;
  /** What the server says on a connection on which this was said is swallowed, for good: it is done, and nobody is told. */
  muteFor: RegExp | null = null;
  /** New connections are reset at once. */
  refuses = false;
  /** What either side says arrives this much later. */
  delayMs = 0;
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
      if (proxy.refuses) client.resetAndDestroy();
      else proxy.#join(client, connect(proxy.target));
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

  /** Breaks every connection off with a RST, as a machine does that has forgotten it. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
    this.#sockets.clear();
  }

  #join(client: Socket, upstream: Socket): void {
    let [isSilent, isMuted] = [false, false];
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    const toServer = this.#writer(upstream);
    const toClient = this.#writer(client);
    client.on('data', (bytes: Buffer) => {
      isSilent ||= this.isDeaf || (this.deafFor?.test(bytes.toString('latin1')) ?? false);
      isMuted ||= this.muteFor?.test(bytes.toString('latin1')) ?? false;
      if (isSilent) this.swallowed++;
      else toServer(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (!isSilent && !isMuted) toClient(bytes);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => {
      if (!isSilent) client.destroy();
    });
  }

  /** Late or not, bytes arrive in their order. */
  #writer(socket: Socket): (bytes: Buffer) => void {
    let late: Promise<void> | null = null;
    return (bytes) => {
      if (this.delayMs === 0 && late === null) {
        socket.write(bytes);
        return;
      }
      // The lateness itself; words keep their order.
      const due = delay(this.delayMs);
      const turn = Promise.all([late, due]).then(() => {
        if (!socket.destroyed) socket.write(bytes);
        if (late === turn) late = null;
      });
      late = turn;
    };
  }
}

/** A proxy before the test's PostgreSQL, which listens on a Unix socket only. */
export async function openPostgresProxy(url: string): Promise<{ proxy: TcpProxy; url: string }> {
  const proxy = await TcpProxy.open(postgresTarget(url));
  return { proxy, url: throughProxy(url, proxy) };
}

/** Where a PostgreSQL of ours listens. */
export function postgresTarget(url: string): NetConnectOpts {
  const { searchParams } = new URL(url.replace('@/', '@host/'));
  return { path: `${searchParams.get('host') ?? ''}/.s.PGSQL.5432` };
}

export function throughProxy(url: string, proxy: TcpProxy): string {
  const { pathname, username } = new URL(url.replace('@/', '@host/'));
  return `postgres://${username}@127.0.0.1:${proxy.port}${pathname}`;
}
