import { IsBoolean, IsOptional, ValidateBy, ValidateIf } from 'class-validator';
import { safeHttpUrl } from '../lib/markup/safe-url.js';
import { CodePoints } from '../platform/http/text-rules.js';

function ArticleUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'http-url',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && safeHttpUrl(value) !== null,
      defaultMessage: () => 'Write an address that begins with http:// or https://.',
    },
  });
}

/** What is left out stays; null takes an address or a title away. */
export class ChangeArticleDto {
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  open?: boolean;

  @IsOptional()
  @CodePoints(0, 500)
  title?: string | null;

  @IsOptional()
  @CodePoints(1, 2048)
  @ArticleUrl()
  url?: string | null;
}
