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
    this.#fault = make('p', { id: `fault-${name}`, class: 'fault', part: 'fault', hidden: true });
    if (hint !== null) control.setAttribute('aria-describedby', `hint-${name}`);
    this.element = make(
      'div',
      { class: `field field-${name}` },
      make('label', { for: control.id, part: 'label' }, label),
      this.#fault,
      control,
      hint !== null && make('p', { id: `hint-${name}`, class: 'quiet' }, hint),
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
    const { control } = this;
    this.#fault.hidden = sentence === null;
    this.#fault.textContent = sentence;
    const others = (control.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== this.#fault.id);
    const ids = sentence === null ? others : [this.#fault.id, ...others];
    control.setAttribute('aria-describedby', ids.join(' ').trim());
    if (sentence === null) control.removeAttribute('aria-invalid');
    else control.setAttribute('aria-invalid', 'true');
  }

  get isFaulty(): boolean {
    return !this.#fault.hidden;
  }
}
