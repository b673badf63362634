import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A balancer in twenty lines: each connection goes to the next process; where nobody listens, to the one after it. */
export class RoundRobin {
  #next = 0;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(ports: readonly number[]): Promise<RoundRobin> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const balancer = new RoundRobin(server);
    server.on('connection', (client: Socket) => {
      const first = balancer.#next++;
      balancer.#join(
        client,
        ports.map((_, index) => ports[(first + index) % ports.length] ?? 0),
      );
    });
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  #join(client: Socket, [port = 0, ...others]: readonly number[]): void {
    const upstream = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, upstream]) this.#keep(socket);
    upstream.once('connect', () => {
      client.pipe(upstream).pipe(client);
    });
    upstream.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ECONNREFUSED' && others.length > 0) this.#join(client, others);
      else client.destroy();
    });
  }

  #keep(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
