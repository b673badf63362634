import type { FastifyInstance, HTTPMethods } from 'fastify';
import { Problem } from '../problem/problem.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const registered = new WeakMap<FastifyInstance, ReadonlyMap<string, ReadonlySet<string>>>();

/** The methods of every path as they were registered, without those that are only told no. */
export function routesOf(fastify: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> {
  return registered.get(fastify) ?? new Map();
}

/**
 * A known path with a wrong method is 405 with `Allow`, where Fastify would say 404. Call it before the routes are
 * registered, and what it gives back when all of them are.
 */
export function answerWrongMethods(fastify: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>();
  registered.set(fastify, known);
  let isCollecting = true;
  fastify.addHook('onRoute', ({ url, method }) => {
    if (!isCollecting) return;
    const methods = known.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one.toUpperCase());
    known.set(url, methods);
  });
  return () => {
    isCollecting = false;
    for (const [url, methods] of known) {
      const missing = METHODS.filter((method) => !methods.has(method));
      const allow = [...methods].sort().join(', ');
      if (url === '*' || missing.length === 0) continue;
      fastify.route({
        url,
        method: missing,
        handler: () => {
          throw new Problem('method-not-allowed', { headers: { allow } });
        },
      });
    }
  };
}
