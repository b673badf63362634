import { SubmitCommentDto } from '../../intake/submit-comment.dto.js';
import { INPUT_NOTES } from './input-notes.js';
import { inputSchemas } from './input-schema.js';
import type { Schema } from './schema.js';

const EXAMPLE = {
  name: 'Ada Lovelace',
  email: 'ada@analytical.org',
  body: 'I agree with the second paragraph.',
  redirect: 'https://blog.example/small',
};

/** The form's flat fields: the author's beside the comment's, with the rules of the JSON body. */
export function submissionForm(): Schema {
  const { SubmitCommentInput: comment = {}, AuthorInput: author = {} } = inputSchemas(SubmitCommentDto);
  const required = new Set([...(author.required as string[]), ...(comment.required as string[])]);
  const { author: _, ...ofComment } = comment.properties as Record<string, Schema>;
  const fields = Object.entries({ ...(author.properties as Record<string, Schema>), ...ofComment });
  const notes = { ...INPUT_NOTES.AuthorInput?.members, ...INPUT_NOTES.SubmitCommentInput?.members };
  return {
    type: 'object',
    description: 'An empty field that may be left out counts as left out; fields with other names are ignored.',
    properties: {
      ...Object.fromEntries(
        fields.map(([name, rules]) => [
          name,
          { ...(required.has(name) ? rules : orEmpty(rules)), description: notes[name] ?? '' },
        ]),
      ),
      redirect: { type: 'string', description: 'Where the reader goes next: a page of a registered origin.' },
    },
    required: [...required].filter((name) => name !== 'author'),
    additionalProperties: true,
    examples: [EXAMPLE],
  };
}

/** A form has no null: nothing is an empty text. */
function orEmpty({ type: _, ...rules }: Schema): Schema {
  return {
    anyOf: [
      { type: 'string', ...rules },
      { type: 'string', const: '' },
    ],
  };
}
