import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from './problem.js';

/** Writes refusals for people. The filter asks it first; the rooms that have pages implement it. */
export interface ProblemPages {
  /** The page, its headers set; null where the asker wants problem+json. */
  render(problem: Problem, request: FastifyRequest, reply: FastifyReply): string | null;
}
