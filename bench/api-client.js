// The service's API as a moderator's program uses it: JSON in and out, a cookie. Not for what is timed under load.
import { Buffer } from 'node:buffer';
import { Agent, request } from 'node:http';

export class ApiClient {
  #agent = new Agent({ keepAlive: true });
  #cookie = '';

  constructor(url) {
    this.url = url;
  }

  /** @returns {Promise<{ status: number, headers: object, body: unknown }>} */
  async ask(method, path, body) {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      ...(this.#cookie && { cookie: this.#cookie }),
      ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const response = await new Promise((resolve, reject) => {
      const asked = request(this.url + path, { method, headers, agent: this.#agent }, resolve);
      asked.on('error', reject);
      asked.end(text);
    });
    const chunks = await response.setEncoding('utf8').toArray();
    return { status: response.statusCode, headers: response.headers, body: parse(chunks.join('')) };
  }

  /** The body of an answer that must be a success. */
  async must(method, path, body) {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async signIn(email, password) {
    const answer = await this.ask('POST', '/v1/session', { email, password });
    if (answer.status !== 200) throw new Error(`signing in: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.#cookie = answer.headers['set-cookie'][0].split(';')[0];
    return this;
  }

  /** As the lines of a request's head, for the load generator. */
  get headerLines() {
    return [`cookie: ${this.#cookie}`];
  }

  close() {
    this.#agent.destroy();
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
