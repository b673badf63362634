// A reader without a script reports a comment: one question, one button, and thanks.
import type { Reportable, ReportedComment } from '../../intake/reports.js';
import { safeHttpUrl } from '../../lib/markup/safe-url.js';
import { html, shownOr, type Html } from '../../platform/pages/html.js';
import type { Page } from '../../platform/pages/page.js';
import { anchorOn, reportPath } from '../../publishing/public-links.js';

const MOST_SHOWN = 500;

export function reportPage(place: Reportable, comment: ReportedComment, fault: string | null, typed: string): Page {
  const title = 'Report a comment';
  const { authorName, body } = comment;
  const shown = Array.from(body);
  const excerpt = `${shown.slice(0, MOST_SHOWN).join('')}${shown.length > MOST_SHOWN ? '…' : ''}`;
  return {
    title: fault === null ? title : `${fault} ${title}`,
    main: html`<h1>Report the comment by <bdi>${authorName}</bdi></h1>
      ${fault !== null && html`<p class="alert" role="alert">${fault}</p>`}
      <blockquote class="kept" dir="auto">${excerpt}</blockquote>
      <p>A moderator will look at it. It stays where it is until then, and nobody is told who reported it.</p>
      <form method="post" action="${reportPath(place.site.key, place.articleKey, place.id)}">
        <div class="field">
          <label for="reason">What is wrong with it? <span class="quiet">(optional)</span></label>
          <textarea id="reason" name="reason" maxlength="500" rows="3" dir="auto">${'\n'}${typed}</textarea>
        </div>
        <p><button class="primary">Report it</button></p>
      </form>
      ${wayBack(place, comment)}`,
  };
}

export function reportedPage(place: Reportable, comment: ReportedComment): Page {
  return {
    title: 'Thank you',
    main: html`<div class="receipt" role="status">
      <h1>Thank you</h1>
      <p>A moderator will look at it.</p>
      ${wayBack(place, comment)}
    </div>`,
  };
}

function wayBack({ id }: Reportable, { articleUrl, articleTitle }: ReportedComment): Html | null {
  const url = safeHttpUrl(articleUrl ?? '');
  if (url === null) return null;
  return html`<p>
    <a href="${anchorOn(url, id)}" rel="nofollow noopener"
      >Back to <bdi>${shownOr(articleTitle, 'the article')}</bdi></a
    >
  </p>`;
}
