import { IsString } from 'class-validator';
import { CodePoints } from '../../platform/http/text-rules.js';

/** In the body, because an address must not stand in a URL or a log. */
export class PersonDto {
  @IsString()
  @CodePoints(1, 254)
  email!: string;
}
