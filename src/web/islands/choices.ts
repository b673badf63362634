import { loadPage, takeOver } from './load-parts.js';

const PAUSE_MS = 300;

/** `<form method="get" data-shows="a b">`: what is chosen shows in those parts of the page at once, and in its address. */
export function showChoices(form: HTMLFormElement): void {
  const parts = (form.dataset.shows ?? '').split(' ');
  let asking = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = async (): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const query = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value as string]));
    const address = `${location.pathname}?${query.toString()}`;
    const page = await loadPage(address, signal);
    if (!page || signal.aborted) return;
    for (const id of parts) takeOver(page, id);
    history.replaceState(null, '', address);
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void show(), PAUSE_MS);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    void show();
  });
}
