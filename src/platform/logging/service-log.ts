import type { Logger } from './logger.js';

export interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  /** The route's pattern, never its address: addresses hold receipts. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly site?: string;
  readonly commentId?: string;
  readonly problem?: string;
}

export interface ScreenedLine {
  /** Of the request that brought it; absent when the sweep did. */
  readonly requestId?: string;
  readonly commentId: string;
  readonly verdict: string;
  /** The status it moved to. */
  readonly to: string;
  /** From its submission to its verdict. */
  readonly ms: number;
}

/**
 * The lines by which an operator follows one comment: `request` where it came in, `screened` where a worker judged it,
 * joined by the request's id. It takes no free text, so none gets in.
 */
export class ServiceLog {
  constructor(private readonly logger: Logger) {}

  /** Whether requests that only read are told. */
  get tellsReads(): boolean {
    return this.logger.isLevelEnabled('debug');
  }

  /** A request that changes something is told at `info`, one that only reads at `debug`. */
  request(isChange: boolean, line: () => RequestLine): void {
    const level = isChange ? 'info' : 'debug';
    if (this.logger.isLevelEnabled(level)) this.logger[level](line(), 'request');
  }

  screened(line: ScreenedLine): void {
    if (this.logger.isLevelEnabled('info')) this.logger.info(line, 'screened');
  }

  /** Of readers' comments, as this process sees it. */
  flood(site: string, what: 'began' | 'ended'): void {
    this.logger.warn({ site }, `flood ${what}`);
  }
}
