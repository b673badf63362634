import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestHook } from '../platform/http/http-app.js';
import { Problem } from '../platform/problem/problem.js';
import { CommentIntake } from './comment-intake.js';
import { isReadersWrite } from './submission-origin.js';

/** As many as one write takes; what comes on top is answered sooner when it is refused. */
const MOST_AT_ONCE = 500;
/** One for all: to make it, with its stack, costs more than the rest of a refusal. */
const FULL = new Problem('unavailable');

/**
 * Refuses what readers send while more comes in than can be stored, before anything is spent on it: else all would wait,
 * those who only read too. After SubmissionOrigin, so that a page may read the refusal. Moderators are let through.
 */
@Injectable()
export class SubmissionGate implements RequestHook {
  #underWay = 0;

  constructor(private readonly intake: CommentIntake) {}

  onRequest(request: FastifyRequest): undefined {
    const isFull = this.#underWay >= MOST_AT_ONCE || this.intake.isFull;
    if (isFull && isReadersWrite(request)) throw FULL;
  }

  /** Counted from here, so that a body that comes slowly takes nobody's place. */
  onBody(request: FastifyRequest, reply: FastifyReply): void {
    if (!isReadersWrite(request)) return;
    this.#underWay++;
    // Answered, or given up by who asked.
    reply.raw.once('close', () => {
      this.#underWay--;
    });
  }
}
