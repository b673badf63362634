interface Range {
  readonly type: string;
  readonly quality: number;
}

/** Whether `Accept` (RFC 9110, 12.5.1) asks for HTML rather than for JSON. Programs that say nothing get JSON. */
export function prefersHtml(accept: string | undefined): boolean {
  const ranges = (accept ?? '').split(',').map(readRange);
  return qualityOf('text/html', ranges) > qualityOf('application/json', ranges);
}

/** For addresses that are pages and nothing else: only who asks for JSON outright gets it. */
export function prefersJson(accept: string | undefined): boolean {
  const ranges = (accept ?? '').split(',').map(readRange);
  return qualityOf('application/json', ranges) > qualityOf('text/html', ranges);
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}

/** The most specific range that matches decides. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const family = `${type.split('/')[0] ?? ''}/*`;
  for (const wanted of [type, family, '*/*']) {
    const matching = ranges.filter((range) => range.type === wanted);
    if (matching.length > 0) return Math.max(...matching.map(({ quality }) => quality));
  }
  return 0;
}
