// All that a site keeps of one author: exported as a file, or erased after it was asked twice. The address travels in the
// forms' bodies: after the erasure no comment tells it any more, and it must be in no address and no log.
import { count } from '../../lib/spam/wording.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { hidden } from './comment-card.js';
import { commentPath } from './desk-links.js';
import { markHiddenText } from './mark-hidden.js';

export interface PersonScene {
  readonly site: KnownSite;
  /** Of the comment from which one came. */
  readonly id: string;
  /** Null where there is none: the comment was deleted, or somebody of the site wrote it. */
  readonly email: string | null;
}

function form({ site, id, email }: PersonScene, what: 'export' | 'erase', inside: Content): Html {
  return html`<form class="settings" method="post" action="${commentPath(site.key, id, `/person/${what}`)}">
    ${hidden('email', email ?? '')} ${inside}
  </form>`;
}

export function renderPerson(scene: PersonScene): Html {
  const { site, id, email } = scene;
  return html`<p class="trail"><a href="${commentPath(site.key, id)}">Back to the comment</a></p>
    <h1>All of this person’s data</h1>
    ${email === null ? html`<p>Nothing tells any more whose this comment is.</p>` : choices(scene, email)}`;
}

function choices(scene: PersonScene, email: string): Html {
  return html`<p>
      Of <strong>${markHiddenText(email)}</strong> on ${scene.site.name}: whoever wrote under this address.
    </p>
    <h2>They ask what you have</h2>
    <p>
      The file holds their comments with earlier texts, decisions and reports, the notes on them, and the rules for
      their address. Read it before you hand it over: notes were written for colleagues.
    </p>
    ${form(scene, 'export', html`<p><button>Save it as a file</button></p>`)}
    <h2>They ask to be forgotten</h2>
    <p>
      All their comments are deleted, and with them what was noted, what the filter learned, and the rules for their
      address, a ban too. Replies of others stay.
    </p>
    ${form(scene, 'erase', html`<p><button class="delete">Erase all of it…</button></p>`)}`;
}

export function renderErasure(scene: PersonScene & { readonly email: string }): Html {
  const { site, id, email } = scene;
  return html`<h1>Erase all of this person’s data?</h1>
    <p>All that ${site.name} keeps of <strong>${markHiddenText(email)}</strong> is erased. This cannot be undone.</p>
    ${form(
      scene,
      'erase',
      html`${hidden('sure', 'yes')}
        <div class="buttons">
          <button class="delete">Erase all of it for good</button>
          <a class="button" href="${commentPath(site.key, id, '/person')}">Keep it</a>
        </div>`,
    )}`;
}

/** When there was more than fits into one request. */
export function renderMore(scene: PersonScene, comments: number): Html {
  return html`<h1>Not all of it is erased yet</h1>
    <p>${count(comments, 'comment')} went now. Go on until nothing is left.</p>
    ${form(
      scene,
      'erase',
      html`${hidden('sure', 'yes')}
        <p><button class="delete">Go on</button></p>`,
    )}`;
}
