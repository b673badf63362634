import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/http/access.js';
import { prefersHtml } from '../platform/http/prefers-html.js';
import { renderReceiptPage } from './receipt-page.js';
import { Receipts, type ReceiptView } from './receipts.js';

@Controller('v1/receipts/:receipt')
export class ReceiptsController {
  constructor(private readonly receipts: Receipts) {}

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
    return renderReceiptPage(await this.receipts.readDetails(receipt), reply);
  }
}
