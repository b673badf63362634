// How the filter did, week by week: what it did, what people reversed, and what a blind look says of the rest.
import type { EstimateView, FilterCountsView, FilterReportView } from '../../moderation/filter-report.js';
import { html, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { sitePath } from './desk-links.js';
import { weekList } from './filter-weeks.js';
import { inThousands, percent } from './numbers.js';

export interface FilterScene {
  readonly site: KnownSite;
  readonly report: FilterReportView;
  /** Whether the way to the settings is worth showing. */
  readonly mayChange: boolean;
}

const SPANS = [4, 12, 52];

export function renderFilter({ site, report, mayChange }: FilterScene): Html {
  const { weeks, total } = report;
  return html`<h1>How the filter did on <bdi>${site.name}</bdi></h1>
    ${spans(site, weeks.length)} ${total.screened === 0 ? nothingYet() : summary(total)}
    ${total.screened > 0 && weekList(weeks)} ${blindly(site, report, mayChange)}`;
}

function spans(site: KnownSite, shown: number): Html {
  return html`<nav class="tabs" aria-label="How far back">
    ${SPANS.map((weeks) => {
      const current = weeks === shown && html` aria-current="page"`;
      return html`<a href="${sitePath(site.key, `/filter?weeks=${weeks}`)}" ${current}>${weeks} weeks</a>`;
    })}
  </nav>`;
}

function nothingYet(): Html {
  return html`<div class="empty"><p>No comment has been looked at in these weeks.</p></div>`;
}

function summary(total: FilterCountsView): Html {
  return html`<section aria-labelledby="all">
    <h2 id="all">All of it</h2>
    ${figures(total)}
    <p class="hint">
      Taken back: what the filter put away, and a person wanted after all. Marked as spam: what it let out, and a person
      put away. Where nobody looks, nobody takes anything back; so these are the mistakes that were noticed.
    </p>
  </section>`;
}

function figures(counts: FilterCountsView): Html {
  const all: readonly (readonly [string, number])[] = [
    ['Looked at', counts.screened],
    ['Put away as spam', counts.putAway],
    ['Held for a person', counts.held],
    ['Let out', counts.letOut],
    ['Taken back', counts.restored],
    ['Marked as spam', counts.markedAsSpam],
  ];
  return html`<dl class="figures">
    ${all.map(
      ([words, number]) =>
        html`<div>
          <dt>${words}</dt>
          <dd>${inThousands(number)}</dd>
        </div>`,
    )}
  </dl>`;
}

function blindly(site: KnownSite, { blindShare, total }: FilterReportView, mayChange: boolean): Html {
  const { shown, ham, spam, falsePositives, falseNegatives } = total.blind;
  const settings = sitePath(site.key, '/settings');
  return html`<section aria-labelledby="blind">
    <h2 id="blind">How often it is wrong</h2>
    ${
      shown === 0
        ? html`<p>Nobody knows yet: in these weeks no comment was decided without the filter’s answer.</p>`
        : html`<p>
            ${inThousands(shown)} comments were chosen at random and shown to people without its answer. They found
            ${inThousands(ham)} fine and ${inThousands(spam)} to be spam.
            ${shown > ham + spam && 'The rest waits, or was rejected, which says nothing of spam.'}
          </p>`
    }
    ${
      shown > 0 &&
      html`<ul>
        <li>${sentence('Of what people find fine', 'it puts away', falsePositives)}</li>
        <li>${sentence('Of what people call spam', 'it lets through', falseNegatives)}</li>
      </ul>`
    }
    <p class="hint">
      ${
        blindShare === 0
          ? 'Now no comment is chosen.'
          : `Now ${percent(blindShare)} of all comments are chosen and wait for a person.`
      }
      ${mayChange && html`<a href="${settings}">Change that in the settings</a>.`}
    </p>
  </section>`;
}

/** "Of what people find fine, it puts away 1.7 % (1 of 60; between 0.3 % and 8.9 % with 95 % confidence)." */
function sentence(whose: string, does: string, { count, of, rate, low, high }: EstimateView): Html {
  if (rate === null || low === null || high === null) return html`${whose}, nobody knows yet how much ${does}.`;
  return html`${whose}, ${does} <strong>${percent(rate)}</strong> (${inThousands(count)} of ${inThousands(of)}; between
    ${percent(low)} and ${percent(high)} with 95 % confidence).`;
}
