// The one place where text becomes markup on the desk. The page's policy (`trusted-types winnow`) lets no other through.

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(markup: string): string }): { createHTML(markup: string): string };
}

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
const policy = trustedTypes?.createPolicy('winnow', { createHTML: (markup) => markup });

/** A page of the service, to take parts from. */
export function documentOf(page: string): Document {
  return new DOMParser().parseFromString(policy ? policy.createHTML(page) : page, 'text/html');
}

/** What the service has rendered and cleaned, as nodes that belong to no page yet. */
export function nodesOf(safeHtml: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = policy ? policy.createHTML(safeHtml) : safeHtml;
  return template.content;
}
