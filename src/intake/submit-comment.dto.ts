import { Type } from 'class-transformer';
import { IsObject, IsOptional, IsString, IsUUID, Matches, ValidateNested } from 'class-validator';
import { HttpUrl } from '../platform/http/http-url.rule.js';
import { CodePoints, NotBlank } from '../platform/http/text-rules.js';
import { EmailFormat } from './email-format.rule.js';

export class AuthorDto {
  @CodePoints(1, 100)
  @NotBlank()
  name!: string;

  @EmailFormat()
  email!: string;

  @IsOptional()
  @CodePoints(0, 2048)
  @HttpUrl()
  url?: string;
}

export class SubmitCommentDto {
  @IsObject({ message: 'Send the author as an object with name and email.' })
  @ValidateNested()
  @Type(() => AuthorDto)
  author!: AuthorDto;

  @CodePoints(1, 10_000)
  @NotBlank()
  body!: string;

  @IsOptional()
  @IsUUID('all', { message: 'Name the parent by its id.' })
  parentId?: string;

  @IsOptional()
  @CodePoints(0, 2048)
  @HttpUrl()
  articleUrl?: string;

  @IsOptional()
  @CodePoints(0, 500)
  articleTitle?: string;

  @IsOptional()
  @Matches(/^([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4})?$/, { message: 'Name the language as in HTML, for example `en`.' })
  language?: string;

  @IsOptional()
  @IsString()
  @CodePoints(0, 500)
  formToken?: string;

  /** A solved challenge of the form. One that is wrong counts as none. */
  @IsOptional()
  @IsString()
  proof?: string;

  /** The honeypot: people do not see it. Filled, it is a signal; its content is not kept. */
  @IsOptional()
  @IsString()
  website?: string;
}
