import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { RequestHook } from '../platform/http/http-app.js';
import { allowEveryOrigin, sendReadyAnswer } from './ready-answer.js';
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

  constructor(private readonly ready: ReadyAnswers) {}

  /** Which answer the address stands for. */
  remember(address: string | undefined, name: string): void {
    if (address) this.#names.set(address, name);
  }

  onRequest(request: FastifyRequest, reply: FastifyReply): undefined {
    const { method, url } = request.raw;
    if (method !== 'GET' || request.headers.authorization !== undefined) return;
    const name = this.#names.get(url ?? '');
    const answer = name === undefined ? undefined : this.ready.get(name);
    if (!answer) return;
    allowEveryOrigin(reply);
    sendReadyAnswer(answer, request, reply);
  }
}
