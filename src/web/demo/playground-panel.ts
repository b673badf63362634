// What somebody sees on the demo who may read its queue: what happens to a comment, and what the filter says of any text.
import { capital, LABEL_WORDS, probabilityInWords, signedWeight, weightInWords } from '../desk/verdict-words.js';
import type { PreviewView } from '../../moderation/preview.js';
import { html, trusted, type Html } from '../../platform/pages/html.js';

export const PLAYGROUND = '/demo';

/** Apart, so that the text area fits in a line: of two line breaks after it a browser drops only one. */
const TEXT_RULES = trusted('id="try-text" name="text" rows="4" maxlength="10000" required dir="auto"');

/** Where a comment would go, as an end of "It would …". */
const GOES: Readonly<Partial<Record<PreviewView['wouldGo'], string>>> = {
  pending: 'wait in the queue for a person',
  spam: 'be put away as spam, where a person can still find it',
  published: 'be published at once',
  approved: 'be approved, and wait for somebody to publish it',
  rejected: 'be rejected by a rule of the site',
};

export interface Tried {
  readonly text: string;
  /** Null where the text could not be judged; then there is a sentence. */
  readonly verdict: PreviewView | null;
  readonly fault: string | null;
}

export interface PlaygroundScene {
  readonly name: string;
  readonly waiting: number;
  readonly tried: Tried | null;
}

export function renderPlayground({ name, waiting, tried }: PlaygroundScene): Html {
  return html`<section class="playground" id="playground" aria-labelledby="playground-title">
    <h2 id="playground-title">Your playground, <bdi>${name}</bdi></h2>
    <p>Only you see this part: you are signed in. The page around it is what readers see of any site.</p>
    <h3>What happens to a comment here</h3>
    <ol>
      <li>
        A reader writes <a href="#comments">below</a>, without an account. What is sent is kept before it is answered.
      </li>
      <li>The filter reads it and says why it thinks what it thinks.</li>
      <li>
        It waits in <a href="/desk/sites/demo">the queue</a> for you
        (${waiting === 0 ? 'nothing waits now' : `${waiting} waiting now`}); clear spam is put away.
      </li>
      <li>You approve it, and it stands here, in the feeds and in the count. The filter learns from you.</li>
    </ol>
    <h3>Try the filter</h3>
    <form method="post" action="${PLAYGROUND}#verdict">
      <div class="field">
        <label for="try-text">Any text, as somebody might send it</label>
        <textarea ${TEXT_RULES}>${'\n'}${tried?.text ?? ''}</textarea>
        <p class="hint">It is not kept, and the filter does not learn from it.</p>
      </div>
      <p><button class="primary">What does the filter say?</button></p>
    </form>
    ${tried && outcome(tried)}
    <p class="hint">
      <a href="/desk/sites/demo/filter">How it did so far</a>, <a href="/desk/sites/demo/settings">what you can set</a>,
      and <a href="/desk/sites/demo/embed">how such a page is made</a>.
    </p>
  </section>`;
}

function outcome({ verdict, fault }: Tried): Html {
  if (!verdict) return html`<p class="alert" id="verdict" role="alert">${fault}</p>`;
  const { label, probability, signals, wouldGo } = verdict;
  return html`<div class="verdict" id="verdict" role="status">
    <p>
      <strong class="label ${label}">${LABEL_WORDS[label]}.</strong> ${probabilityInWords(probability)}. It would
      ${GOES[wouldGo] ?? 'wait'}.
    </p>
    ${
      signals.length === 0
        ? html`<p class="quiet">Nothing about it stands out.</p>`
        : html`<ul>
            ${signals.map(
              ({ weight, why }) =>
                html`<li>
                  <span class="weight">${signedWeight(weight)}</span>
                  <span><bdi>${capital(why)}</bdi> <span class="quiet">(${weightInWords(weight)})</span></span>
                </li>`,
            )}
          </ul>`
    }
  </div>`;
}
