import { Injectable, type PipeTransform } from '@nestjs/common';
import { readArticleKey } from './article-key.js';

/** The article's key in the path, checked. */
@Injectable()
export class ArticleKeyPipe implements PipeTransform<string, string> {
  transform(decoded: string): string {
    return readArticleKey(decoded);
  }
}
