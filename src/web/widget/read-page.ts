// What the page says about itself and its article: by the element's attributes, else by what a page has anyway.

/** Known only while the script runs for the first time. */
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';

/** Where the service is: where the script came from, unless the element says otherwise. */
export function serviceOf(element: HTMLElement): string {
  return new URL(element.getAttribute('service') ?? (own === '' ? location.href : own), location.href).origin;
}

/** Without an attribute the path of the page is its key. */
export function articleOf(element: HTMLElement): string {
  return element.getAttribute('article') ?? new URL(addressOf(element)).pathname;
}

/** Of the element, its surroundings, and at last the browser. */
export function languagesOf(element: HTMLElement): string[] {
  const said = element.closest<HTMLElement>('[lang]')?.lang ?? '';
  return said === '' ? [...navigator.languages] : [said];
}

/** What goes along with a comment, so that moderators and feeds can link to the page. */
export function pageOf(element: HTMLElement): Record<string, string> {
  const title = element.getAttribute('article-title') ?? document.title;
  return { articleUrl: addressOf(element), ...(title !== '' && { articleTitle: title.slice(0, 250) }) };
}

function addressOf(element: HTMLElement): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href;
  const address = new URL(element.getAttribute('article-url') ?? canonical ?? location.href, location.href);
  address.hash = '';
  return address.href;
}
