import { Injectable, type PipeTransform } from '@nestjs/common';
import { isUuid } from '../ids.js';
import { Problem } from '../problem/problem.js';

/** An id in the path, in lower case, or 400. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(typed: string): string {
    if (!isUuid(typed)) throw new Problem('malformed-path', { detail: 'An id in the address is not a UUID.' });
    return typed.toLowerCase();
  }
}
