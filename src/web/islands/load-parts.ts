import { documentOf } from '../desk-app/trusted-html.js';

/** The page at the address, as it would be shown; null where it cannot be had, or is another one now. */
export async function loadPage(address: string, signal?: AbortSignal): Promise<Document | null> {
  try {
    const answer = await fetch(address, { headers: { accept: 'text/html' }, ...(signal && { signal }) });
    // Who is signed out is led elsewhere.
    if (!answer.ok || answer.redirected) return null;
    return documentOf(await answer.text());
  } catch {
    return null;
  }
}

/** Puts the new content of an element in, where it has changed, so that a screen reader hears of nothing else. */
export function takeOver(page: Document, id: string): void {
  const [shown, fresh] = [document.getElementById(id), page.getElementById(id)];
  if (!shown || !fresh || shown.innerHTML === fresh.innerHTML) return;
  shown.replaceChildren(...document.importNode(fresh, true).childNodes);
  for (const name of ['class', 'data-look-again']) {
    const value = fresh.getAttribute(name);
    if (value === null) shown.removeAttribute(name);
    else shown.setAttribute(name, value);
  }
}
