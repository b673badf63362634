import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../accounts/caller.js';
import { noteRequest } from '../platform/logging/request-notes.js';
import { AuthorMoves } from './author-moves.js';
import type { EditCommentDto } from './edit-comment.dto.js';
import type { ReceiptView } from './receipt.view.js';
import { Receipts, type OpenedReceipt } from './receipts.js';
import { SubmissionLimit } from './submission-limit.js';

/** Takes what authors ask for by their receipts; it counts like what they submit. */
@Injectable()
export class ReceiptDesk {
  constructor(
    private readonly receipts: Receipts,
    private readonly moves: AuthorMoves,
    private readonly limit: SubmissionLimit,
  ) {}

  async edit(
    receipt: string,
    { body }: EditCommentDto,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ReceiptView> {
    return this.moves.edit(await this.#admit(receipt, request, reply), body, request.id);
  }

  async delete(receipt: string, request: FastifyRequest, reply: FastifyReply): Promise<ReceiptView> {
    return this.moves.delete(await this.#admit(receipt, request, reply), request.id);
  }

  /** @throws Problem `receipt-not-found`, `too-many-requests` */
  async #admit(receipt: string, request: FastifyRequest, reply: FastifyReply): Promise<OpenedReceipt> {
    const own = await this.receipts.open(receipt);
    if (!isOfOwnProgram(request, own)) reply.headers(await this.limit.count(request.ip, own.site.id));
    noteRequest(request, { commentId: own.id });
    void reply.header('cache-control', 'no-store');
    return own;
  }
}

/** The site's own server, which sends what many readers ask of it. */
function isOfOwnProgram(request: FastifyRequest, { site }: OpenedReceipt): boolean {
  const caller = callerOf(request);
  return caller?.kind === 'program' && caller.siteId === site.id && caller.scopes.includes('comments:write');
}
