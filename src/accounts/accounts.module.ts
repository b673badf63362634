import { Module } from '@nestjs/common';
import { ApiKeys } from './api-keys.js';
import { FirstOperatorAccount } from './first-operator.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignInLimit } from './sign-in-limit.js';

@Module({
  controllers: [SessionController],
  providers: [Sessions, ApiKeys, SignIn, SignInLimit, FirstOperatorAccount],
  exports: [Sessions, SignIn, ApiKeys, FirstOperatorAccount],
})
export class AccountsModule {}
