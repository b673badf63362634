import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { RequestHook } from '../platform/http/http-app.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { allowEveryOrigin, sendReadyAnswer, type ReadyAnswer } from './ready-answer.js';
import { ReadyAnswers } from './ready-answers.js';

/** Characters of addresses remembered at most. */
const MOST_CHARACTERS = 4_000_000;

/**
 * Answers a reader who asks for the very address that was asked for before, while its answer is still ready: before
 * guard, parameters and query are looked at, which cost more than all the rest of a warm read. A request that brings a
 * key goes the long way, where the key is checked.
 */
@Injectable()
export class WarmReads implements RequestHook {
  readonly #names = new LRUCache<string, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (name, address) => name.length + address.length,
  });

  constructor(
    private readonly ready: ReadyAnswers,
    private readonly metrics: Metrics,
  ) {}

  /** Sends what was found or made the long way, and remembers which answer the address stands for. */
  send(name: string, answer: ReadyAnswer, request: FastifyRequest, reply: FastifyReply, wasReady: boolean): void {
    if (answer.isLasting && request.raw.url) this.#names.set(request.raw.url, name);
    const isKnown = sendReadyAnswer(answer, request, reply);
    const found = wasReady ? 'hit' : 'miss';
    this.metrics.readyAnswer(isKnown ? 'not_modified' : found);
  }

  onRequest(request: FastifyRequest, reply: FastifyReply): undefined {
    const { method, url } = request.raw;
    if (method !== 'GET' || request.headers.authorization !== undefined) return;
    const name = this.#names.get(url ?? '');
    const answer = name === undefined ? undefined : this.ready.get(name);
    if (!answer) return;
    allowEveryOrigin(reply);
    this.metrics.readyAnswer(sendReadyAnswer(answer, request, reply) ? 'not_modified' : 'hit');
  }
}
