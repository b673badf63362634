import { IsIn, IsString } from 'class-validator';
import { ROLES, type Role } from '../platform/http/access.js';
import { CodePoints } from '../platform/http/text-rules.js';

export class ChangeMemberDto {
  @IsIn(ROLES)
  role!: Role;
}

export class InviteOperatorDto {
  @IsString()
  @CodePoints(1, 254)
  email!: string;
}

export class InviteMemberDto extends InviteOperatorDto {
  @IsIn(ROLES)
  role!: Role;
}
