import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';
import { ApiKeys } from './api-keys.js';
import { AuditLog } from './audit-log.js';
import { FirstOperatorAccount } from './first-operator.js';
import { Invitations } from './invitations.js';
import { LinksController } from './links.controller.js';
import { Members } from './members.js';
import { Operators } from './operators.js';
import { OwnAccount } from './own-account.js';
import { PasswordResets } from './password-resets.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignInLimit } from './sign-in-limit.js';
import { SiteInvitations } from './site-invitations.js';

const OFFERED = [
  Sessions,
  ApiKeys,
  AuditLog,
  FirstOperatorAccount,
  Members,
  SiteInvitations,
  Operators,
  Invitations,
  PasswordResets,
  SignIn,
  OwnAccount,
];

@Module({
  controllers: [SessionController, AccountController, LinksController],
  providers: [...OFFERED, SignInLimit],
  exports: OFFERED,
})
export class AccountsModule {}
