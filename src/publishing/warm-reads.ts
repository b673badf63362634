import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { EarlyAnswers } from '../platform/http/early-answers.js';
import { ServiceLog } from '../platform/logging/service-log.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { ReadyAnswer } from './ready-answer.js';
import { sendEarly, sendReadyAnswer } from './send-answer.js';
import { ReadyAnswers } from './ready-answers.js';

/** Characters of addresses remembered at most. */
const MOST_CHARACTERS = 4_000_000;

/** What an early answer takes, counted as the smallest that the metrics tell apart: looking at the clock costs as much. */
const EARLY_SECONDS = 0;

interface Remembered {
  /** Of the answer. */
  readonly name: string;
  /** Of the address, for the metrics. */
  readonly route: string;
}

/**
 * Answers a reader who asks for the very address that was asked for before, while its answer is still ready: before
 * Fastify, guard, parameters and query, which cost more than all the rest of a warm read. A request that brings a key
 * goes the long way, where the key is checked; so does every request where each is written into the log.
 */
@Injectable()
export class WarmReads implements EarlyAnswers {
  readonly #addresses = new LRUCache<string, Remembered>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ name }, address) => name.length + address.length,
  });

  constructor(
    private readonly ready: ReadyAnswers,
    private readonly metrics: Metrics,
    private readonly log: ServiceLog,
  ) {}

  /** Sends what was found or made the long way, and remembers which answer the address stands for. */
  send(name: string, answer: ReadyAnswer, request: FastifyRequest, reply: FastifyReply, wasReady: boolean): void {
    const { url } = request.raw;
    if (answer.isLasting && url) this.#addresses.set(url, { name, route: request.routeOptions.url ?? 'none' });
    const isKnown = sendReadyAnswer(answer, request, reply);
    const found = wasReady ? 'hit' : 'miss';
    this.metrics.readyAnswer(isKnown ? 'not_modified' : found);
  }

  answer(
    { method, url = '', headers }: IncomingMessage,
    response: ServerResponse,
    standing: readonly string[],
  ): boolean {
    if (method !== 'GET' || headers.authorization !== undefined || this.log.tellsReads) return false;
    const address = this.#addresses.get(url);
    const answer = address && this.ready.get(address.name);
    if (!answer) return false;
    const isKnown = sendEarly(answer, { headers }, response, standing);
    this.metrics.readyAnswer(isKnown ? 'not_modified' : 'hit');
    this.metrics.request(method, address.route, isKnown ? 304 : 200, EARLY_SECONDS);
    return true;
  }
}
