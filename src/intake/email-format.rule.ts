import { ValidateBy, type ValidationArguments } from 'class-validator';
import { checkEmailFormat } from '../lib/email/email-format.js';

/** `lib/email` decides; its sentence tells the reader what to mend. */
export function EmailFormat(): PropertyDecorator {
  return ValidateBy({
    name: 'email-format',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && checkEmailFormat(value).ok,
      defaultMessage: (args?: ValidationArguments) => {
        const value: unknown = args?.value;
        if (typeof value !== 'string') return 'Write an e-mail address; it is not published.';
        const result = checkEmailFormat(value);
        return result.ok ? '' : result.why;
      },
    },
  });
}
