import { Type } from 'class-transformer';
import { IsObject, IsOptional, Matches, ValidateIf, ValidateNested } from 'class-validator';
import { HttpUrl } from '../platform/http/http-url.rule.js';
import { CodePoints, NotBlank } from '../platform/http/text-rules.js';

/** An address is taken as it is typed: what is wrong with it is one of the things to see. */
export class PreviewAuthorDto {
  @IsOptional()
  @CodePoints(0, 100)
  name?: string;

  @IsOptional()
  @CodePoints(0, 254)
  email?: string;

  @IsOptional()
  @CodePoints(0, 2048)
  @HttpUrl()
  url?: string;
}

/** A comment that nobody has sent. */
export class PreviewCommentDto {
  @ValidateIf((_, value) => value !== undefined)
  @IsObject({ message: 'Send the author as an object.' })
  @ValidateNested()
  @Type(() => PreviewAuthorDto)
  author?: PreviewAuthorDto;

  @CodePoints(1, 10_000)
  @NotBlank()
  body!: string;

  @IsOptional()
  @CodePoints(0, 500)
  articleTitle?: string;

  @IsOptional()
  @Matches(/^([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4})?$/, { message: 'Name the language as in HTML, for example `en`.' })
  language?: string;
}
