// The description as a page for people: no script, nothing from elsewhere.
import { publishAsset } from '../../platform/pages/assets.js';
import { html, type Html } from '../../platform/pages/html.js';
import type { Page } from '../../platform/pages/page.js';
import { PROBLEMS, type ProblemCode } from '../../platform/problem/problem-catalogue.js';
import { curlExample } from './curl-example.js';
import { exampleOf } from './example-of.js';
import type {
  DocumentedAnswer,
  DocumentedContent,
  DocumentedOperation,
  DocumentedParameter,
  OpenApiDocument,
} from './openapi-document.js';
import { describeType, listMembers } from './schema-html.js';
import type { Schema } from './schema.js';
import { paragraphs, sentence } from './sentence.js';

const STYLE = publishAsset(new URL('./docs.css', import.meta.url));

interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

/** Kept by who asks for it: a thousand pieces are put together. */
export function docsPage(document: OpenApiDocument): Page {
  const { info, tags, components } = document;
  const calls = callsOf(document);
  const sections = tags.map(({ name, description }) => {
    const own = calls.filter(({ operation }) => operation.tags.includes(name));
    const id = `tag-${name.replaceAll(' ', '-')}`;
    return html`<section aria-labelledby="${id}">
      <h2 id="${id}">${name}</h2>
      <p>${sentence(description)}</p>
      ${own.map((call) => renderCall(call, document))}
    </section>`;
  });
  return {
    title: `${info.title} API`,
    styles: [STYLE],
    beside: renderNavigation(document, calls),
    main: html`<h1>${info.title} API <small>${info.version}</small></h1>
      ${paragraphs(info.description)}
      <p>The same for programs: <a href="/openapi.json">openapi.json</a>.</p>
      ${renderSecurity(document)} ${sections} ${renderSchemas(components.schemas)} ${renderProblems()}`,
  };
}

function callsOf({ paths }: OpenApiDocument): Call[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

function renderNavigation({ tags }: OpenApiDocument, calls: readonly Call[]): Html {
  const links = tags.map(({ name }) => {
    const own = calls.filter(({ operation }) => operation.tags.includes(name));
    const items = own.map(
      ({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`,
    );
    return html`<details open>
      <summary>${name}</summary>
      <ul>
        ${items}
      </ul>
    </details>`;
  });
  return html`<nav class="contents" aria-label="Operations">
    ${links}
    <p><a href="#security">Signing in</a></p>
    <p><a href="#schemas">Schemas</a></p>
    <p><a href="#problems">Problems</a></p>
  </nav>`;
}

function renderCall({ method, path, operation }: Call, document: OpenApiDocument): Html {
  const { operationId, summary, description, parameters = [], requestBody } = operation;
  const { schemas } = document.components;
  const server = document.servers[0]?.url ?? '';
  const body = requestBody && renderBody(requestBody, schemas);
  return html`<article id="${operationId}" aria-labelledby="${operationId}-title">
    <h3 id="${operationId}-title"><a href="#${operationId}">${summary}</a></h3>
    <p class="route"><span class="method ${method.toLowerCase()}">${method}</span> <code>${breakable(path)}</code></p>
    <p class="access"><strong>Who:</strong> ${sentence(operation['x-access'])}</p>
    ${description === undefined ? null : paragraphs(description)}
    ${parameters.length > 0 ? renderParameters(parameters) : null} ${body ?? null} ${renderAnswers(operation, document)}
    <details>
      <summary>Example with curl</summary>
      <pre><code>${curlExample(method, path, operation, server, schemas)}</code></pre>
    </details>
  </article>`;
}

/** A long path breaks after its slashes on a narrow screen. */
function breakable(path: string): Html {
  return html`${path.split('/').map((part, place) => (place === 0 ? part : html`/<wbr />${part}`))}`;
}

function renderParameters(parameters: readonly DocumentedParameter[]): Html {
  const rows = parameters.map(
    ({ name, in: place, required, schema, description }) =>
      html`<tr>
        <th scope="row"><code>${name}</code></th>
        <td>${place}${required ? ', required' : null}</td>
        <td>${describeType(schema)}</td>
        <td>${sentence(description)}</td>
      </tr>`,
  );
  return html` <table>
    <caption>
      Parameters
    </caption>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Where</th>
        <th scope="col">Type</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function renderBody(
  { required, content }: NonNullable<DocumentedOperation['requestBody']>,
  schemas: Readonly<Record<string, Schema>>,
): Html {
  return html`<details>
    <summary>Body${required ? null : ' (may be left out)'}</summary>
    ${renderContents(content, schemas)}
  </details>`;
}

function renderContents(
  contents: Readonly<Record<string, DocumentedContent>>,
  schemas: Readonly<Record<string, Schema>>,
): Html[] {
  return Object.entries(contents).map(([type, { schema, example, 'x-event-data': eventData }]) => {
    const name = typeof schema.$ref === 'string' ? (schema.$ref.split('/').at(-1) ?? '') : '';
    const whole = schemas[name] ?? schema;
    const members = listMembers(whole);
    const shown = example ?? (members ? exampleOf(whole, schemas) : undefined);
    const text = typeof shown === 'string' ? shown : JSON.stringify(shown, null, 2);
    return html`<p>
        <code>${type}</code>:
        ${describeType(schema)}${eventData && html`; data of an event: ${describeType(eventData)}`}
      </p>
      ${members} ${shown === undefined ? null : html`<pre><code>${text}</code></pre>`}`;
  });
}

function renderAnswers({ responses }: DocumentedOperation, document: OpenApiDocument): Html {
  const { schemas, responses: known } = document.components;
  const all = Object.entries(responses).map(([status, answer]): [number, DocumentedAnswer] => {
    const name = '$ref' in answer ? (answer.$ref.split('/').at(-1) ?? '') : '';
    return [Number(status), known[name] ?? (answer as DocumentedAnswer)];
  });
  const good = all.filter(([status]) => status < 400);
  const bad = all.filter(([status]) => status >= 400);
  const headers = ({ headers: names = {} }: DocumentedAnswer): Html[] =>
    Object.keys(names).map((name) => html`<code>${name}</code> `);
  return html`${good.map(
      ([status, answer]) =>
        html`<details>
          <summary><strong>${status}</strong> ${sentence(answer.description)}</summary>
          <p>Headers: ${headers(answer)}</p>
          ${renderContents(answer.content ?? {}, schemas)}
        </details>`,
    )}
    <details>
      <summary>Problems</summary>
      <dl>${bad.flatMap(([, { content = {} }]) => Object.values(content).flatMap(codesOf).map(renderProblem))}</dl>
    </details>`;
}

function codesOf({ examples = {} }: DocumentedContent): ProblemCode[] {
  return Object.keys(examples) as ProblemCode[];
}

function renderProblem(code: ProblemCode): Html {
  const { status, title, help } = PROBLEMS[code];
  return html`<div>
    <dt><strong>${status}</strong> <code>${code}</code></dt>
    <dd>${title}. ${sentence(help)}</dd>
  </div>`;
}

function renderSecurity({ components }: OpenApiDocument): Html {
  const rows = Object.entries(components.securitySchemes).map(
    ([name, { description }]) =>
      html`<dt><code>${name}</code></dt>
        <dd>${sentence(String(description))}</dd>`,
  );
  return html`<section aria-labelledby="security">
    <h2 id="security">Signing in</h2>
    <dl>${rows}</dl>
  </section>`;
}

function renderSchemas(schemas: Readonly<Record<string, Schema>>): Html {
  const items = Object.entries(schemas).map(([name, schema]) => {
    const says = typeof schema.description === 'string' ? sentence(schema.description) : null;
    return html`<article id="schema-${name}">
      <h3><a href="#schema-${name}">${name}</a></h3>
      <p>${describeType(schema)}. ${says}</p>
      ${listMembers(schema)}
    </article>`;
  });
  return html`<section aria-labelledby="schemas">
    <h2 id="schemas">Schemas</h2>
    ${items}
  </section>`;
}

function renderProblems(): Html {
  return html`<section aria-labelledby="problems">
    <h2 id="problems">Problems</h2>
    <p>All of them, as <code>application/problem+json</code>.</p>
    <dl>${(Object.keys(PROBLEMS) as ProblemCode[]).map(renderProblem)}</dl>
  </section>`;
}
