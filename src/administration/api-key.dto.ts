import { ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { SCOPES, type Scope } from '../platform/http/access.js';
import { CodePoints, NotBlank } from '../platform/http/text-rules.js';

export class MakeApiKeyDto {
  @CodePoints(1, 100)
  @NotBlank()
  name!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes!: Scope[];
}
