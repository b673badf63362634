// The form a comment is written in. There is one; it moves to the comment that is answered and back. What is typed is kept
// until the service has it.
import { make, makeButton } from './dom.js';
import type { FormField } from './form-field.js';
import { makeFields, type TypedName } from './form-fields.js';
import { findMistypedEmail } from './mistyped-email.js';
import { previewOf } from './preview.js';
import { describeRefusal, faultsOf, type FieldFaults, type FieldName } from './refusal-words.js';
import { Submitter } from './submitter.js';
import type { Accepted, ArticleService } from './service.js';
import { fill, type Speech } from './speech.js';
import { keepAuthor, keepDraft, recallAuthor, recallDraft } from './typed-before.js';

export interface Answered {
  readonly id: string;
  readonly name: string;
}

export interface FormPlace {
  readonly service: ArticleService;
  readonly speech: Speech;
  /** Under which the draft is kept. */
  readonly key: string;
  readonly privacy: string | null;
  /** What goes along with every comment of this page. */
  readonly page: Readonly<Record<string, string>>;
  accepted(answer: Accepted, typed: { readonly body: string; readonly parentId: string | null }): void;
  /** The reader wants to answer nothing in particular. */
  cancelled(answered: Answered): void;
}

export class CommentForm {
  readonly element: HTMLElement;
  readonly #fields: Record<TypedName, FormField>;
  readonly #trap = make('input', { name: 'website', tabindex: '-1', autocomplete: 'off' });
  readonly #remember = make('input', { type: 'checkbox', id: 'remember' });
  readonly #title = make('h3', { id: 'form-title', class: 'form-title' });
  readonly #message = make('p', { class: 'message', role: 'alert' });
  readonly #hint = make('p', { class: 'hint', role: 'status' });
  readonly #cancel: HTMLButtonElement;
  readonly #send: HTMLButtonElement;
  readonly #submitter: Submitter;
  #answered: Answered | null = null;

  constructor(private readonly place: FormPlace) {
    const { texts } = place.speech;
    this.#submitter = new Submitter(place.service);
    this.#fields = makeFields(place.speech);
    this.#send = make('button', { class: 'button send' }, texts.send);
    this.#cancel = makeButton(texts.cancel, () => {
      this.#stopAnswering();
    });
    this.element = make('section', { class: 'form', 'aria-labelledby': 'form-title' }, this.#build());
    this.#refill();
    this.answer(null);
  }

  /** The draft was of an answer to this comment. */
  get draftParent(): string | null {
    return recallDraft(this.place.key)?.parentId ?? null;
  }

  /** Whom the comment answers; null: nobody. */
  answer(answered: Answered | null): void {
    const { texts } = this.place.speech;
    this.#answered = answered;
    this.#title.textContent = answered === null ? texts.leave : fill(texts.replyTo, { name: answered.name });
    this.#cancel.hidden = answered === null;
  }

  focus(): void {
    this.#fields.body.control.focus();
  }

  #build(): HTMLFormElement {
    const { texts } = this.place.speech;
    const { body, name, email, url } = this.#fields;
    const trap = make('label', {}, texts.trap, this.#trap);
    return make(
      'form',
      {
        novalidate: true,
        submit: (event) => {
          event.preventDefault();
          void this.#submit();
        },
        input: () => {
          this.#keepDraft();
        },
        focusin: () => {
          this.#submitter.prepare();
        },
      },
      ...[this.#title, make('p', {}, texts.promise), this.#message],
      ...[body.element, this.#makePreview()],
      ...[make('div', { class: 'columns' }, name.element, email.element), url.element],
      make('div', { class: 'trap', 'aria-hidden': 'true' }, trap),
      make('p', { class: 'tick' }, this.#remember, make('label', { for: 'remember' }, texts.remember)),
      this.#makePrivacy(),
      make('p', { class: 'actions' }, this.#send, this.#cancel),
      // Below the button: it comes when the field is left, which may be by a press on the button, and must not move it away.
      this.#hint,
    );
  }

  #makePreview(): HTMLElement {
    const shown = make('div', { class: 'body preview', dir: 'auto' });
    const draw = (): void => {
      if (preview.open) shown.replaceChildren(...previewOf(this.#fields.body.value));
    };
    const preview = make('details', { toggle: draw }, make('summary', {}, this.place.speech.texts.preview), shown);
    this.#fields.body.control.addEventListener('input', draw);
    return preview;
  }

  #makePrivacy(): HTMLElement {
    const { texts } = this.place.speech;
    const { privacy } = this.place;
    const link = privacy !== null && make('a', { href: privacy }, texts.privacyLink);
    return make('p', { class: 'quiet privacy' }, `${texts.privacy} `, link);
  }

  async #submit(): Promise<void> {
    if (this.#send.disabled) return;
    const parentId = this.#answered?.id ?? null;
    const typed = { body: this.#fields.body.value, parentId };
    if (this.#show(null, this.#findFaults())) return;
    this.#setBusy(true);
    try {
      const answer = await this.#submitter.submit({ ...this.place.page, ...this.#read(parentId) });
      this.#keepAuthor();
      this.#fields.body.value = '';
      this.#keepDraft();
      this.#suggest(answer.emailSuggestion ?? null);
      this.place.accepted(answer, typed);
    } catch (error) {
      const faults = faultsOf(error, this.place.speech);
      this.#show(
        faults.parentId ?? (Object.keys(faults).length > 0 ? null : describeRefusal(error, this.place.speech)),
        faults,
      );
      if (faults.parentId !== undefined) this.#stopAnswering();
    } finally {
      this.#setBusy(false);
    }
  }

  /** What is undefined is not sent. */
  #read(parentId: string | null): Record<string, unknown> {
    const { body, name, email, url } = this.#fields;
    return {
      author: { name: name.value, email: email.value.trim(), url: url.value.trim() || undefined },
      body: body.value,
      parentId: parentId ?? undefined,
      website: this.#trap.value || undefined,
    };
  }

  /** What needs no service to be seen. */
  #findFaults(): FieldFaults {
    const { faults } = this.place.speech.texts;
    const { body, name, email } = this.#fields;
    return {
      ...(body.value.trim() === '' && { body: faults.body }),
      ...(name.value.trim() === '' && { name: faults.name }),
      ...(!/^[^\s@]+@[^\s@]+$/.test(email.value.trim()) && { email: faults.email }),
    };
  }

  /** @returns whether a field must be mended: the first of them has the focus */
  #show(message: string | null, faults: FieldFaults): boolean {
    this.#message.textContent = message;
    let first: FormField | null = null;
    for (const [name, field] of Object.entries(this.#fields)) {
      field.fault = faults[name as FieldName] ?? null;
      if (faults[name as FieldName]) first ??= field;
    }
    first?.control.focus();
    return first !== null;
  }

  #setBusy(isBusy: boolean): void {
    const { texts } = this.place.speech;
    this.#send.disabled = isBusy;
    this.#send.textContent = isBusy ? texts.sending : texts.send;
  }

  #stopAnswering(): void {
    const answered = this.#answered;
    this.answer(null);
    this.#keepDraft();
    if (answered) this.place.cancelled(answered);
  }

  /** Offers the address that was probably meant. */
  #suggest(email: string | null): void {
    const { texts } = this.place.speech;
    this.#hint.replaceChildren();
    if (email === null) return;
    const use = makeButton(texts.use, () => {
      this.#fields.email.value = email;
      this.#keepAuthor();
      this.#suggest(null);
      this.#fields.email.control.focus();
    });
    this.#hint.append(fill(texts.meant, { email }), ' ', use);
  }

  #refill(): void {
    const { name, email, url, body } = this.#fields;
    const author = recallAuthor();
    this.#remember.checked = author !== null;
    name.value = author?.name ?? '';
    email.value = author?.email ?? '';
    url.value = author?.url ?? '';
    body.value = recallDraft(this.place.key)?.body ?? '';
    email.control.addEventListener('change', () => {
      this.#suggest(findMistypedEmail(email.value.trim()));
    });
    // Who takes the tick away is forgotten at once.
    this.#remember.addEventListener('change', () => {
      if (!this.#remember.checked) keepAuthor(null);
    });
  }

  #keepAuthor(): void {
    const { name, email, url } = this.#fields;
    if (this.#remember.checked) keepAuthor({ name: name.value, email: email.value, url: url.value });
  }

  #keepDraft(): void {
    keepDraft(this.place.key, { body: this.#fields.body.value, parentId: this.#answered?.id });
  }
}
