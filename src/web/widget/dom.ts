type Attributes = Readonly<Record<string, string | boolean | undefined | ((event: Event) => void)>>;
export type Child = Node | string | null | false;

/** An element with its attributes, its listeners (as functions, by the event's name) and its content. Text stays text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
    // What has a name for our style can be styled by the page under the same name.
    if (name === 'class') element.setAttribute('part', value as string);
  }
  element.append(...(children.filter(Boolean) as (Node | string)[]));
  return element;
}

export function makeButton(label: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return make('button', { type: 'button', class: 'button', click: press, ...attributes }, label);
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML(html: string): string }): { createHTML(html: string): string };
}

let policy: ReturnType<PolicyFactory['createPolicy']> | undefined;

/**
 * The HTML of a comment, which the service has made safe, and nothing else. A page may ask for trusted types
 * (`require-trusted-types-for 'script'`); where it lists policies, ours is named `winnow`.
 */
export function makeBody(html: string): HTMLElement {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  policy ??= trustedTypes?.createPolicy('winnow', { createHTML: (text) => text });
  const body = make('div', { class: 'body', dir: 'auto' });
  body.innerHTML = policy?.createHTML(html) ?? html;
  return body;
}

/** Of a comment's author: an address of the web, or nothing. */
export function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\//i.test(text) ? text : null;
}
