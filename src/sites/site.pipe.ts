import { Injectable, type PipeTransform } from '@nestjs/common';
import { SiteDirectory, type KnownSite } from './site-directory.js';

/** `@Param('site', SitePipe) site: KnownSite`: the key in the path as the site it names, or 404. */
@Injectable()
export class SitePipe implements PipeTransform<string, Promise<KnownSite>> {
  constructor(private readonly sites: SiteDirectory) {}

  transform(key: string): Promise<KnownSite> {
    return this.sites.byKey(key);
  }
}
