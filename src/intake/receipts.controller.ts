import { Controller, Delete, Get, Header, HttpCode, Options, Param, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/http/access.js';
import { FormFields, JsonBody, type FieldsOfForm } from '../platform/http/body.decorator.js';
import { prefersHtml } from '../platform/http/prefers-html.js';
import { EditCommentDto } from './edit-comment.dto.js';
import { ReceiptDesk } from './receipt-desk.js';
import { ReceiptForms } from './receipt-forms.js';
import type { ReceiptView } from './receipt.view.js';
import { Receipts } from './receipts.js';

@Controller('v1/receipts/:receipt')
export class ReceiptsController {
  constructor(
    private readonly receipts: Receipts,
    private readonly desk: ReceiptDesk,
    private readonly forms: ReceiptForms,
  ) {}

  @Get()
  @Public()
  @Header('access-control-allow-origin', '*')
  @Header('cache-control', 'no-store')
  @Header('vary', 'Accept')
  async read(
    @Param('receipt') receipt: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptView | string> {
    if (!prefersHtml(request.headers.accept)) return this.receipts.read(receipt);
    return this.forms.read(receipt, reply);
  }

  /** A form of the page. */
  @Post()
  @Public()
  takeForm(
    @Param('receipt') receipt: string,
    @FormFields() fields: FieldsOfForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.forms.take(receipt, fields, request, reply);
  }

  @Patch()
  @Public()
  edit(
    @Param('receipt') receipt: string,
    @JsonBody(EditCommentDto) body: EditCommentDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptView> {
    return this.desk.edit(receipt, body, request, reply);
  }

  @Delete()
  @Public()
  delete(
    @Param('receipt') receipt: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptView> {
    return this.desk.delete(receipt, request, reply);
  }

  @Options()
  @Public()
  @HttpCode(204)
  @Header('access-control-allow-methods', 'GET, PATCH, DELETE')
  @Header('access-control-allow-headers', 'content-type')
  @Header('access-control-max-age', '7200')
  preflight(): void {
    // The origin was checked, and echoed, by SubmissionOrigin.
  }
}
