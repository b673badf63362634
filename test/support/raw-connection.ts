import { connect, type Socket } from 'node:net';

/* A connection whose bytes the test itself writes, and that stays open until the other side closes it. */

export class RawConnection {
  #received = '';
  #isClosed = false;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.#received += bytes.toString('latin1');
    });
    // A reset is a way to close, too.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isClosed = true;
    });
  }

  static open(url: string): RawConnection {
    const { hostname, port } = new URL(url);
    return new RawConnection(connect({ host: hostname, port: Number(port), allowHalfOpen: true }));
  }

  get received(): string {
    return this.#received;
  }

  /** Closed by the other side, or reset. */
  get isClosed(): boolean {
    return this.#isClosed || this.socket.readableEnded;
  }

  /** Of all answers so far. */
  get statuses(): number[] {
    return [...this.#received.matchAll(/(?:^|\n)HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
  }

  /** @returns whether more may be written at once */
  send(bytes: string | Uint8Array): boolean {
    return this.socket.writable && this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** Nothing more is read, so the other side cannot write on. */
  stopReading(): void {
    this.socket.pause();
  }

  destroy(): void {
    this.socket.destroy();
  }
}
