const SAID_FOR_MS = 2_000;

/**
 * `<button data-copies="id" hidden>`: copies the text of that element. Without a script, or where the browser gives no
 * clipboard (a page that came by http from another machine), there is no button, and the text can be selected.
 */
export function copyAtPress(): void {
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (!clipboard) return;
  // Listened to once for all, so that a part of the page may be put in anew.
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copies]') : null;
    const text = button && document.getElementById(button.dataset.copies ?? '')?.textContent;
    if (button && text) void copy(clipboard, text, button);
  });
  document.documentElement.classList.add('can-copy');
}

async function copy(clipboard: Clipboard, text: string, button: HTMLElement): Promise<void> {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  button.textContent = await clipboard.writeText(text).then(
    () => 'Copied',
    () => 'Select the text to copy it',
  );
  setTimeout(() => {
    button.textContent = label;
  }, SAID_FOR_MS);
}
