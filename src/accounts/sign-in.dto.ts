import { IsString } from 'class-validator';
import { CodePoints } from '../platform/http/text-rules.js';

export class SignInDto {
  @IsString()
  @CodePoints(1, 254)
  email!: string;

  @IsString()
  @CodePoints(1, 1000)
  password!: string;
}
