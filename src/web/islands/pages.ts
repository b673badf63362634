// What every page of ours can name that wants to be more than a page: a button that copies, a part that looks again until
// something has happened, and a form whose choices show at once.
import { showChoices } from './choices.js';
import { copyAtPress } from './copy.js';
import { lookAgain } from './look-again.js';

// The script comes beside the page, and may be there before it is whole.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();

function begin(): void {
  copyAtPress();
  for (const part of document.querySelectorAll<HTMLElement>('[data-look-again]')) lookAgain(part);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-shows]')) showChoices(form);
}
