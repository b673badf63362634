import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReportCommentDto } from '../../intake/report-comment.dto.js';
import { Reports, type Reportable } from '../../intake/reports.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readBody } from '../../platform/http/read-body.js';
import { writePage } from '../../platform/pages/page.js';
import { Problem } from '../../platform/problem/problem.js';
import { reportedPage, reportPage } from './report-page.js';
import { waitInWords } from './retry-page.js';

/** Reporting without a script. The rules are those of Reports. */
@Injectable()
export class ReportForm {
  constructor(private readonly reports: Reports) {}

  async read(place: Reportable, reply: FastifyReply): Promise<string> {
    return writePage(reply, reportPage(place, await this.reports.find(place), null, ''));
  }

  async take(
    place: Reportable,
    { reason = '' }: FieldsOfForm,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string> {
    // A page of nobody's could have every visitor report what its maker dislikes. Ours always say where they are from.
    if (request.headers.origin === 'null') throw new Problem('origin-not-registered');
    const comment = await this.reports.find(place);
    try {
      await this.reports.take(place, readBody(ReportCommentDto, { reason }), request, reply);
      return writePage(reply, reportedPage(place, comment));
    } catch (error) {
      const fault = error instanceof Problem ? wording(error) : null;
      if (fault === null) throw error;
      void reply.status((error as Problem).status).headers((error as Problem).extras.headers ?? {});
      return writePage(reply, reportPage(place, comment, fault, reason));
    }
  }
}

function wording({ code, extras }: Problem): string | null {
  if (code === 'invalid-body') return 'That is too long. Write up to 500 characters.';
  if (code !== 'too-many-requests') return null;
  return `Too many reports came from here. Try again in ${waitInWords(Number(extras.headers?.['retry-after'] ?? 60))}.`;
}
