import { scoreComment, type Filter } from '../lib/spam/classifier/filter.js';
import { readComment } from '../lib/spam/classifier/read-features.js';
import { encodeSiteExample, makeSiteExample } from '../lib/spam/classifier/site-example.js';

/** Makes of a text what is kept of it: about half a kilobyte for a comment of a line, a kilobyte at most. */
export class ExampleReader {
  /** @param filter the starter; asked for when the first text is read, because it is a megabyte */
  constructor(private readonly filter: () => Filter) {}

  /** Throws on no string. */
  read(body: string): Buffer {
    const features = readComment(body);
    const { score } = scoreComment(this.filter(), features);
    return Buffer.from(encodeSiteExample(makeSiteExample(features.whole, score)));
  }
}
