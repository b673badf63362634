// One keep-alive connection with one request in flight. It reads only what a benchmark needs of an answer, so that the
// generator takes little of the machine from what it measures.
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** The bytes of a request; `headers` as lines. */
export function requestText(method, path, host, headers = [], body = '') {
  const length = body === '' ? [] : [`content-length: ${Buffer.byteLength(body)}`];
  return [`${method} ${path} HTTP/1.1`, `host: ${host}`, ...headers, ...length, '', body].join('\r\n');
}

export class HttpConnection {
  #socket;
  #pending = null;
  #received = [];
  #head = null;
  #bodyBytes = 0;
  #missing = 0;

  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('closed')));
  }

  static async open(url) {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    return new HttpConnection(socket);
  }

  /** @returns {Promise<{ status: number, head: string, bytes: number, text: () => string }>} */
  send(text) {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error('closed'));
        return;
      }
      this.#pending = { resolve, reject };
      this.#socket.write(text);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #read(chunk) {
    this.#received.push(chunk);
    if (this.#head !== null) this.#missing -= chunk.length;
    else if (!this.#readHead()) return;
    if (this.#missing <= 0) this.#finish();
  }

  #readHead() {
    const all = this.#received.length === 1 ? this.#received[0] : Buffer.concat(this.#received);
    const end = all.indexOf(HEAD_END);
    if (end === -1) return false;
    const head = all.latin1Slice(0, end);
    const status = Number(head.slice(9, 12));
    const length = status === 204 || status === 304 ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    if (Number.isNaN(length)) {
      this.#fail(new Error(`an answer without content-length: ${head.split('\r\n')[0]}`));
      return false;
    }
    this.#head = { status, head };
    this.#bodyBytes = length;
    this.#received = [all.subarray(end + 4)];
    this.#missing = length - (all.length - end - 4);
    return true;
  }

  #finish() {
    const { status, head } = this.#head;
    const chunks = this.#received;
    const bytes = this.#bodyBytes;
    const { resolve } = this.#pending;
    this.#head = null;
    this.#received = [];
    this.#pending = null;
    resolve({ status, head, bytes, text: () => Buffer.concat(chunks).toString() });
  }

  #fail(error) {
    const pending = this.#pending;
    this.#pending = null;
    this.#socket.destroy();
    pending?.reject(error);
  }
}
