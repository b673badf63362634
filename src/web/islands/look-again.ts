import { loadPage, takeOver } from './load-parts.js';

const EVERY_MS = 2_000;

/** `<div id="…" data-look-again>`: asks for the page again until this part of it has no such attribute any more. */
export function lookAgain(part: HTMLElement): void {
  const timer = setInterval(() => {
    if (!part.hasAttribute('data-look-again')) clearInterval(timer);
    else if (!document.hidden) void look(part.id);
  }, EVERY_MS);
  // Who comes back from the page they have put it on should not wait.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && part.hasAttribute('data-look-again')) void look(part.id);
  });
}

async function look(id: string): Promise<void> {
  const page = await loadPage(location.href);
  if (page) takeOver(page, id);
}
