import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '../../platform/problem/problem.js';
import { SiteDirectory } from '../../sites/site-directory.js';

/** Leads who opens the bare address to the demo, or to the desk where the demo was removed. */
@Injectable()
export class FrontDoor {
  constructor(private readonly sites: SiteDirectory) {}

  async open(reply: FastifyReply): Promise<void> {
    const hasDemo = await this.sites.byKey('demo').then(
      () => true,
      (error: unknown) => {
        if (error instanceof Problem && error.code === 'site-not-found') return false;
        throw error;
      },
    );
    void reply.status(302).header('location', hasDemo ? '/demo' : '/desk');
  }
}
