// Makes visible what is hidden in a comment: characters without ink that break words for a filter, and controls that turn
// the direction of writing round. What a script needs to be written properly is left alone.
import { trusted, html, type Html } from '../../platform/pages/html.js';

const CONTROLS = String.raw`[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u3164\ufeff\uffa0]`;
const GRAPHEME_JOINER = '\u034f';
const TAGS = String.raw`[\u{e0000}-\u{e007f}]`;
/** Tags spell a flag after this one. */
const FLAG = String.raw`\u{1f3f4}`;
const PLAIN = String.raw`\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}`;
/** Joiners are for Persian, the Indic scripts and emoji; between these letters they hide something. */
const JOINER = `(?<=[${PLAIN}])[\\u200c\\u200d]+(?=[${PLAIN}])`;
const HIDDEN = new RegExp([CONTROLS, GRAPHEME_JOINER, `(?<!${FLAG}${TAGS}*)${TAGS}`, JOINER].join('|'), 'gu');
/** Right-to-left text may hold direction marks of its own right. */
const MARKS = /^[\u061c\u200e\u200f]$/;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** In HTML of ours, where such characters stand in text only: addresses are ASCII and nothing else is an attribute. */
export function markHidden(safeHtml: string): Html {
  const mayHoldMarks = RIGHT_TO_LEFT.test(safeHtml);
  return trusted(
    safeHtml.replace(HIDDEN, (found) => (mayHoldMarks && MARKS.test(found) ? found : Array.from(found, mark).join(''))),
  );
}

export function markHiddenText(text: string): Html {
  return markHidden(html`${text}`.markup);
}

function mark(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `<span class="hidden-character">U+${code}</span>`;
}
