import type { FastifyRequest } from 'fastify';
import { hostOf, isSameOrigin } from './same-origin.js';

function ask(headers: Record<string, string>, method = 'POST'): boolean {
  return isSameOrigin({ method, headers: { host: 'desk.example', ...headers } } as unknown as FastifyRequest);
}

describe('isSameOrigin', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('lets every %s through: it changes nothing', (method) => {
    expect(ask({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, method)).toBe(true);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND'])('asks every %s', (method) => {
    expect(ask({ origin: 'https://evil.example' }, method)).toBe(false);
  });

  it.each([
    ['same-origin', true],
    ['none', true],
    ['same-site', false],
    ['cross-site', false],
    ['', false],
    ['Same-Origin', false],
  ])('believes Sec-Fetch-Site %j: %s', (site, expected) => {
    expect(ask({ 'sec-fetch-site': site })).toBe(expected);
  });

  it('believes Sec-Fetch-Site before the origin', () => {
    expect(ask({ 'sec-fetch-site': 'cross-site', origin: 'https://desk.example' })).toBe(false);
  });

  it.each([
    ['https://desk.example', true],
    ['https://evil.example', false],
    ['https://desk.example.evil.example', false],
    ['https://desk.example:8443', false],
    ['https://evil.example/desk.example', false],
    ['https://desk.example@evil.example', false],
    ['null', false],
    ['', false],
    ['desk.example', false],
  ])('takes the origin %j: %s', (origin, expected) => {
    expect(ask({ origin })).toBe(expected);
  });

  it.each([
    ['http://localhost:3000', 'localhost:3000'],
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['http://[::1]:3000', '[::1]:3000'],
  ])('takes %s at the host %s', (origin, host) => {
    expect(ask({ origin, host })).toBe(true);
  });

  it('takes a request with neither, which only a program makes', () => {
    expect(ask({})).toBe(true);
  });
});

describe('hostOf', () => {
  it('is null for what is no origin', () => {
    expect(hostOf('null')).toBeNull();
    expect(hostOf('https://a.example:443')).toBe('a.example');
  });
});
