import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FieldsOfForm } from '../platform/http/body.decorator.js';
import { readBody } from '../platform/http/read-body.js';
import { Problem } from '../platform/problem/problem.js';
import type { ProblemCode } from '../platform/problem/problem-catalogue.js';
import { EditCommentDto } from './edit-comment.dto.js';
import { ReceiptDesk } from './receipt-desk.js';
import { renderReceiptPage } from './receipt-page.js';
import { Receipts } from './receipts.js';

/** Told on the page of the receipt, with what was typed; every other refusal is a page of its own. */
const TOLD: readonly ProblemCode[] = ['invalid-body', 'edit-too-late', 'move-refused', 'too-many-requests'];

/** The forms on the page of a receipt: what PATCH and DELETE do for a script, for a reader without one. */
@Injectable()
export class ReceiptForms {
  constructor(
    private readonly receipts: Receipts,
    private readonly desk: ReceiptDesk,
  ) {}

  async read(receipt: string, reply: FastifyReply): Promise<string> {
    return renderReceiptPage(receipt, await this.receipts.readDetails(receipt), reply);
  }

  /** @throws Problem `receipt-not-found` */
  async take(
    receipt: string,
    { action, body }: FieldsOfForm,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string> {
    const isDeletion = action === 'delete';
    try {
      if (isDeletion) await this.desk.delete(receipt, request, reply);
      else await this.desk.edit(receipt, readBody(EditCommentDto, { body: body ?? '' }), request, reply);
    } catch (error) {
      if (!(error instanceof Problem) || !TOLD.includes(error.code)) throw error;
      void reply.status(error.status).headers(error.extras.headers ?? {});
      const attempt = { problem: error, typed: isDeletion ? undefined : (body ?? '') };
      return renderReceiptPage(receipt, await this.receipts.readDetails(receipt), reply, attempt);
    }
    // A path and not an address: PUBLIC_URL may have another name than the page was opened by.
    void reply.status(303).header('location', `/v1/receipts/${encodeURIComponent(receipt)}`);
    return '';
  }
}
