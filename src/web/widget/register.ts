import { CommentsElement } from './comments-element.js';
import { CountElement } from './count-element.js';

/** A page may load the script twice. */
if (!customElements.get('winnow-comments')) {
  customElements.define('winnow-comments', CommentsElement);
  customElements.define('winnow-count', CountElement);
  const elements = 'winnow-comments, winnow-count';
  Object.assign(globalThis, {
    winnow: {
      /** Begins anew everywhere on the page, or below one element of it. */
      remount: (within: ParentNode = document): void => {
        for (const element of within.querySelectorAll<CommentsElement | CountElement>(elements)) element.remount();
      },
    },
  });
}
