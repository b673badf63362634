import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/*
 * The schemas of each OpenAPI document, compiled once in each of Jest's workers: the service of nearly every story
 * describes itself in the same words, and compiling them takes a second. A story gets to them by
 * `globalThis.compilerOf`; see service-environment.js and contract.ts.
 */

const compilers = new Map();

/** @returns what makes the validator of a schema, by its place in this document */
export function compilerOf(document) {
  // A service of its own port is described in other words only there.
  const text = JSON.stringify({ ...document, servers: [] });
  const known = compilers.get(text) ?? makeCompiler(JSON.parse(text));
  compilers.set(text, known);
  return known;
}

function makeCompiler(document) {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  // The document is no schema itself; its members only hold some.
  ajv.addVocabulary(Object.keys(document));
  ajv.addSchema(document, 'document');
  const compiled = new Map();
  return (pointer) => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
    compiled.set(pointer, known);
    return known;
  };
}
