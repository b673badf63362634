import { ValidateBy } from 'class-validator';
import { safeHttpUrl } from '../../lib/markup/safe-url.js';

/** An http(s) address, or nothing. */
export function HttpUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'http-url',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && (value.trim() === '' || safeHttpUrl(value) !== null),
      defaultMessage: () => 'Write an address that begins with http:// or https://, or leave it out.',
    },
  });
}
