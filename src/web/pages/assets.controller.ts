import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/http/access.js';
import { findAsset } from '../../platform/pages/assets.js';
import { Problem } from '../../platform/problem/problem.js';

@Controller('assets')
export class AssetsController {
  @Get(':name')
  @Public()
  read(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    const asset = findAsset(name);
    if (!asset) throw new Problem('not-found');
    // The name holds a digest of the content.
    void reply.type(asset.type).header('cache-control', 'public, max-age=31536000, immutable');
    return asset.body;
  }
}
