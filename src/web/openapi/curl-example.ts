import { exampleOf } from './example-of.js';
import type { DocumentedOperation, DocumentedParameter } from './openapi-document.js';
import { JSON_TYPE } from './operation.js';
import type { Schema } from './schema.js';

/** One call as it is typed into a shell, with the values of the examples. */
export function curlExample(
  method: string,
  path: string,
  operation: DocumentedOperation,
  server: string,
  schemas: Readonly<Record<string, Schema>>,
): string {
  const { parameters = [], requestBody } = operation;
  const value = ({ schema }: DocumentedParameter): string => [exampleOf(schema, schemas)].flat().map(String)[0] ?? '';
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((url, parameter) => url.replace(`{${parameter.name}}`, encodeURIComponent(value(parameter))), path);
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map((parameter) => `${parameter.name}=${encodeURIComponent(value(parameter))}`);
  const address = `${server}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  const json = requestBody?.content[JSON_TYPE];
  const body = json && JSON.stringify(json.example ?? exampleOf(json.schema, schemas));
  const words = [
    method === 'GET' ? 'curl' : `curl -X ${method}`,
    ...credentials(operation),
    ...(body === undefined ? [] : [`-H 'Content-Type: ${JSON_TYPE}'`, `-d ${quote(body)}`]),
    quote(address),
  ];
  return words.join(' \\\n  ');
}

/** A key where one will do, else the cookie that signing in has kept in a file. */
function credentials({ security, operationId }: DocumentedOperation): string[] {
  if (operationId === 'signIn') return ['-c winnow.cookies'];
  if (security.length === 0 || security.some((one) => Object.keys(one).length === 0)) return [];
  const takesKey = security.some((one) => 'apiKey' in one);
  return takesKey ? [`-H "Authorization: Bearer $WINNOW_KEY"`] : ['-b winnow.cookies'];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
