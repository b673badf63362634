import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';

/** `__Host-` needs https (RFC 6265bis): such a cookie cannot be set by a neighbouring host or a plain connection. */
const SECURE_NAME = '__Host-winnow';
const PLAIN_NAME = 'winnow';

export function sessionCookie(publicUrl: string): { name: string; options: CookieSerializeOptions } {
  const secure = publicUrl.startsWith('https:');
  return {
    name: secure ? SECURE_NAME : PLAIN_NAME,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
}

/** The cookie this service sets and no other: under https a neighbouring host can set the plain one. */
export function readSessionCookie(request: FastifyRequest, publicUrl: string): string | undefined {
  return request.cookies[sessionCookie(publicUrl).name];
}
