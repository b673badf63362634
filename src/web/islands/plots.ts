// Draws the weeks of the filter's record. All numbers stand in the table of the page; a colour is that of the page's style, so
// that light and dark need no list of their own.
import uPlot from 'uplot';
import { readWeeks, type Week } from './read-weeks.js';

const HEIGHT = 200;
const HALF_A_WEEK = 3.5 * 86_400;
const LABEL_WIDTH = 74;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

type Kind = 'caught' | 'reversed';

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();

function begin(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-plots]')) {
    const table = document.getElementById(place.dataset.plots ?? '');
    const weeks = table ? readWeeks(table) : [];
    if (weeks.length === 0) continue;
    place.hidden = false;
    for (const part of place.querySelectorAll<HTMLElement>('[data-plot]')) keepDrawn(part, weeks);
  }
}

/** Anew when light turns dark; as wide as its place, however that changes. */
function keepDrawn(place: HTMLElement, weeks: readonly Week[]): void {
  let plot: uPlot | null = null;
  const draw = (): void => {
    plot?.destroy();
    plot = drawPlot(place, weeks);
  };
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  new ResizeObserver(() => {
    if (plot && plot.width !== place.clientWidth) plot.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
}

function drawPlot(place: HTMLElement, weeks: readonly Week[]): uPlot {
  const kind = place.dataset.plot as Kind;
  const size = { width: place.clientWidth, height: HEIGHT };
  const starts = weeks.map(({ startsAt }) => startsAt);
  return kind === 'caught'
    ? new uPlot(
        { ...size, ...commonOptions(weeks), ...caughtOptions() },
        [starts, weeks.map((one) => one.caught)],
        place,
      )
    : new uPlot({ ...size, ...commonOptions(weeks), ...reversedOptions() }, [starts, ...sharesOf(weeks)], place);
}

function commonOptions(weeks: readonly Week[]): Pick<uPlot.Options, 'legend' | 'cursor' | 'scales' | 'axes'> {
  const [first, last] = [weeks[0]?.startsAt ?? 0, weeks.at(-1)?.startsAt ?? 0];
  const [ink, line] = [colour('--quiet'), colour('--line')];
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const look = { stroke: ink, font, ticks: { stroke: line, width: 1 } };
  return {
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true, range: [first - HALF_A_WEEK, last + HALF_A_WEEK] } },
    axes: [
      { ...look, grid: { show: false }, splits: (plot) => someOf(weeks, plot.width), values: (_, at) => at.map(dayOf) },
      { ...look, grid: { stroke: line, width: 1 }, size: 48 },
    ],
  };
}

function caughtOptions(): Pick<uPlot.Options, 'series'> & Partial<uPlot.Options> {
  const paths = uPlot.paths.bars?.({ size: [0.6, 48], radius: 0.15 });
  return {
    series: [
      {},
      { fill: colour('--green'), stroke: colour('--green'), ...(paths && { paths }), points: { show: false } },
    ],
  };
}

function reversedOptions(): Pick<uPlot.Options, 'series' | 'bands'> {
  const [back, marked] = [colour('--amber-ink'), colour('--red')];
  const edge = { stroke: 'transparent', width: 0, points: { show: false } };
  const share = (stroke: string): uPlot.Series => ({ stroke, width: 2, points: { show: true, size: 6, fill: stroke } });
  return {
    series: [{}, share(back), edge, edge, share(marked), edge, edge],
    bands: [
      { series: [3, 2], fill: faint(back) },
      { series: [6, 5], fill: faint(marked) },
    ],
  };
}

/** In percent: the share, its lower and its upper bound, both ways. */
function sharesOf(weeks: readonly Week[]): (number | null)[][] {
  return (['back', 'marked'] as const).flatMap((way) =>
    [0, 1, 2].map((part) => weeks.map((week) => inPercent(week[way]?.[part]))),
  );
}

function inPercent(share: number | undefined): number | null {
  return share === undefined ? null : 100 * share;
}

/** As many weeks as have room to be named. */
function someOf(weeks: readonly Week[], width: number): number[] {
  const step = Math.max(1, Math.ceil((weeks.length * LABEL_WIDTH) / width));
  return weeks.filter((_, index) => (weeks.length - 1 - index) % step === 0).map(({ startsAt }) => startsAt);
}

function dayOf(seconds: number): string {
  const date = new Date(1_000 * seconds);
  return `${String(date.getUTCDate())} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function faint(hex: string): string {
  return `${hex}2e`;
}
