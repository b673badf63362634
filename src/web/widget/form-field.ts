// One field of the form: its label, its control, and beside it what must be mended.
import { make, type Child } from './dom.js';

type Control = HTMLInputElement | HTMLTextAreaElement;

export class FormField {
  readonly element: HTMLElement;
  readonly #fault: HTMLElement;

  constructor(
    name: string,
    readonly control: Control,
    label: Child,
    hint: string | null = null,
  ) {
    control.id = `field-${name}`;
    control.name = name;
    control.setAttribute('part', 'field');
    // Empty as long as nothing is wrong, and so no part of the description.
    this.#fault = make('p', { id: `fault-${name}`, class: 'fault' });
    control.setAttribute('aria-describedby', `fault-${name} hint-${name}`);
    this.element = make(
      'div',
      { class: 'row' },
      make('label', { for: control.id, class: 'label' }, label),
      this.#fault,
      control,
      make('p', { id: `hint-${name}`, class: 'quiet' }, hint),
    );
  }

  get value(): string {
    return this.control.value;
  }

  set value(text: string) {
    this.control.value = text;
  }

  /** Null: nothing is wrong with it. */
  set fault(sentence: string | null) {
    this.#fault.textContent = sentence;
    this.control.setAttribute('aria-invalid', String(sentence !== null));
  }

  get isFaulty(): boolean {
    return this.#fault.textContent !== '';
  }
}
