import { gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { startTestService, type TestService } from '../support/test-service.js';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web' });
});
afterAll(() => service.close());

/** As bytes: `fetch` would unpack them. */
function read(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ headers: Headers; status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const asked = request(service.url + path, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const all = new Headers(response.headers as Record<string, string>);
        resolve({ headers: all, status: response.statusCode ?? 0, body: Buffer.concat(parts) });
      });
    });
    asked.on('error', reject).end();
  });
}

describe('the widget', () => {
  it('is one script that any page may load and keep for an hour', async () => {
    const { status, headers, body } = await read('/embed.js');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('cache-control')).toMatch(/^public, max-age=3600/);
    expect(headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    expect(body.toString()).toContain('winnow-comments');
  });

  it('comes packed to who takes that, under another tag, and not again to who has it', async () => {
    const plain = await read('/embed.js');
    const packed = await read('/embed.js', { 'accept-encoding': 'br, gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('vary')).toBe('accept-encoding');
    expect(gunzipSync(packed.body)).toEqual(plain.body);
    const etag = packed.headers.get('etag') ?? '';
    expect(etag).not.toBe(plain.headers.get('etag'));
    const again = await read('/embed.js', { 'accept-encoding': 'gzip', 'if-none-match': etag });
    expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 });
    expect(again.headers.get('etag')).toBe(etag);
  });

  it('has its texts beside it, language by language', async () => {
    const { status, headers, body } = await read('/embed/en.json');
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(JSON.parse(body.toString())).toMatchObject({ first: 'Be the first to comment' });
  });

  it.each(['ar', 'de', 'en', 'es', 'fr', 'id', 'pt', 'ru', 'zh'])(
    'takes at most 12 kB of a reader’s connection, style and texts included: %s',
    async (language) => {
      const packed = { 'accept-encoding': 'gzip' };
      const files = [await read('/embed.js', packed), await read(`/embed/${language}.json`, packed)];
      expect(files.map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', 'gzip']);
      expect(files.reduce((bytes, { body }) => bytes + body.length, 0)).toBeLessThanOrEqual(12_000);
    },
  );

  it('has what solves a challenge in a file of its own, of at most 1.5 kB', async () => {
    const { status, headers, body } = await read('/embed/proof.js', { 'accept-encoding': 'gzip' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(body.length).toBeLessThanOrEqual(1_500);
  });

  it.each(['/embed/xx.json', '/embed/embed.js', '/embed/..%2Fembed.js', '/embed/en', '/embed/EN.json'])(
    'has nothing at %s',
    async (path) => {
      expect((await read(path)).status).toBe(404);
    },
  );
});
