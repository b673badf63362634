// The weeks of the filter as a table, and beside it as plots where a script runs: it draws what stands in the table.
import type { FilterWeekView } from '../../moderation/filter-report.js';
import { wilsonInterval } from '../../lib/spam/wilson-interval.js';
import { html, type Html } from '../../platform/pages/html.js';
import { dayOf } from '../pages/moment.js';
import { inThousands, percent } from './numbers.js';

interface Reversed {
  readonly count: number;
  readonly of: number;
  readonly bounds: { readonly low: number; readonly high: number } | null;
}

/** @param weeks the newest first */
export function weekList(weeks: readonly FilterWeekView[]): Html {
  return html`<section aria-labelledby="weeks">
    <h2 id="weeks">Week by week</h2>
    ${plots()}
    <div class="scrolls" tabindex="0" role="group" aria-label="The weeks as a table">
      <table class="weeks" id="week-table">
        <thead>
          <tr>
            <th scope="col">Week of</th>
            <th scope="col">Looked at</th>
            <th scope="col">Put away as spam</th>
            <th scope="col">Held for a person</th>
            <th scope="col">Let out</th>
            <th scope="col">Taken back, of those put away</th>
            <th scope="col">Marked as spam, of those let out</th>
          </tr>
        </thead>
        <tbody>
          ${weeks.filter(({ screened }) => screened > 0).map(weekRow)}
        </tbody>
      </table>
    </div>
    <p class="hint">
      In brackets: where the true share lies with 95 % confidence, if these comments are like those that come.
    </p>
  </section>`;
}

function weekRow(week: FilterWeekView): Html {
  const back = reversed(week.restored, week.putAway);
  const marked = reversed(week.markedAsSpam, week.letOut);
  return html`<tr data-week="${week.startsOn}">
    <th scope="row">${dayOf(week.startsOn)}</th>
    <td>${inThousands(week.screened)}</td>
    <td data-caught="${week.putAway}">${inThousands(week.putAway)}</td>
    <td>${inThousands(week.held)}</td>
    <td>${inThousands(week.letOut)}</td>
    <td data-back="${inNumbers(back)}">${inWords(back)}</td>
    <td data-marked="${inNumbers(marked)}">${inWords(marked)}</td>
  </tr>`;
}

/** What is taken back this week may have been put away in another one. */
function reversed(count: number, of: number): Reversed {
  return { count, of, bounds: wilsonInterval(Math.min(count, of), of) };
}

function inWords({ count, of, bounds }: Reversed): string {
  if (!bounds) return count === 0 ? '–' : inThousands(count);
  const share = percent(Math.min(1, count / of));
  return `${inThousands(count)}: ${share} (${percent(bounds.low)} to ${percent(bounds.high)})`;
}

/** For the plot: the share and its bounds, or nothing. */
function inNumbers({ count, of, bounds }: Reversed): string {
  return bounds ? [Math.min(1, count / of), bounds.low, bounds.high].map((one) => one.toFixed(4)).join(' ') : '';
}

/** Empty and unseen until a script draws; what they show stands in the table for everybody. */
function plots(): Html {
  return html`<div class="plots" data-plots="week-table" hidden>
    <figure>
      <figcaption>Spam put away</figcaption>
      <div
        data-plot="caught"
        role="img"
        aria-label="Bars: how much was put away as spam in each week; the table has it."
      ></div>
    </figure>
    <figure>
      <figcaption>Reversed by people, with 95 % confidence</figcaption>
      <p class="key">
        <span class="key-back">Taken back, of those put away</span>
        <span class="key-marked">Marked as spam, of those let out</span>
      </p>
      <div
        data-plot="reversed"
        role="img"
        aria-label="Lines with bands: the shares that people reversed in each week, both ways; the table has them."
      ></div>
    </figure>
  </div>`;
}
