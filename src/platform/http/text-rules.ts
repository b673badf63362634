import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Length in code points, as a person counts: an emoji outside the BMP is one, not two. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) length--;
  return length;
}

export function CodePoints(least: number, most: number, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'length',
      constraints: [least, most],
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && codePointLength(value) >= least && codePointLength(value) <= most,
        defaultMessage: () =>
          least === 0 ? `Write at most ${most} characters.` : `Write ${least} to ${most} characters.`,
      },
    },
    options,
  );
}

/** Neither white space nor a character that has no ink: formats, fillers, variation selectors, the empty Braille cell. */
const VISIBLE = /[^\s\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Something a reader can see: white space and invisible characters alone are no name and no comment. */
export function NotBlank(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'not-blank',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && VISIBLE.test(value),
        defaultMessage: () => 'Write something that can be seen.',
      },
    },
    options,
  );
}
