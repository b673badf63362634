// What an author can do with a comment of theirs: change it while its window is open, and delete it.
import { make, makeButton } from './dom.js';
import type { Speech } from './speech.js';

/**
 * To delete takes two presses, because it is for good.
 * @param edit null when the time for that is over
 */
export function makeOwnActions(speech: Speech, edit: (() => void) | null, remove: () => void): HTMLElement[] {
  const { texts } = speech;
  let isSure = false;
  const ask = (isAsking: boolean): void => {
    isSure = isAsking;
    removal.textContent = isAsking ? texts.removeSure : texts.remove;
    removal.classList.toggle('danger', isAsking);
  };
  const press = (): void => {
    if (isSure) remove();
    ask(true);
  };
  const blur = (): void => {
    ask(false);
  };
  const removal = makeButton(texts.remove, press, { blur });
  return edit ? [makeButton(texts.edit, edit), removal] : [removal];
}

/** @param save gives what is against it, as a sentence, or null */
export function makeEditor(
  text: string,
  speech: Speech,
  save: (changed: string) => Promise<string | null>,
  cancel: () => void,
): HTMLFormElement {
  const { texts } = speech;
  const field = make('textarea', {
    rows: '6',
    maxlength: '10000',
    dir: 'auto',
    class: 'field',
    'aria-label': texts.body,
  });
  field.value = text;
  const message = make('p', { class: 'message', role: 'alert' });
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    message.textContent = field.value.trim() === '' ? texts.faults.body : await save(field.value);
  };
  return make(
    'form',
    { novalidate: true, submit: (event) => void submit(event) },
    message,
    field,
    make(
      'p',
      { class: 'actions' },
      make('button', { class: 'button send' }, texts.save),
      makeButton(texts.cancel, cancel),
    ),
  );
}
