// A long list of which only what can be seen is in the page. Cards differ in height, so each is measured once it is there.
import {
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
  type VirtualItem,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

const LIKELY_HEIGHT = 330;
const BEYOND = 4;

export interface VirtualList {
  readonly items: readonly VirtualItem[];
  readonly height: number;
  readonly measure: (element: Element | null) => void;
  readonly reveal: (index: number) => void;
}

interface Wanted {
  readonly keys: readonly string[];
  /** From the top of the page to the top of the list. */
  readonly margin: number;
  /** Stays in the page wherever one scrolls, or the keyboard would lose its place. */
  readonly kept: number;
}

export function useVirtualList({ keys, margin, kept }: Wanted): VirtualList {
  const [, draw] = useReducer((turn: number, _: undefined) => turn + 1, 0);
  const made = useRef<Virtualizer<Window, Element> | null>(null);
  const options: VirtualizerOptions<Window, Element> = {
    count: keys.length,
    getItemKey: (index) => keys[index] ?? index,
    estimateSize: () => LIKELY_HEIGHT,
    overscan: BEYOND,
    scrollMargin: margin,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const seen = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
      return kept < 0 || kept >= count || seen.includes(kept)
        ? seen
        : [...seen, kept].sort((one, other) => one - other);
    },
    onChange: () => {
      draw(undefined);
    },
  };
  made.current ??= new Virtualizer(options);
  const list = made.current;
  list.setOptions(options);
  useLayoutEffect(() => list._didMount(), [list]);
  useLayoutEffect(() => {
    list._willUpdate();
  });
  holdStill(list, keys);
  return {
    items: list.getVirtualItems(),
    height: list.getTotalSize(),
    measure: list.measureElement,
    reveal: (index) => {
      list.scrollToIndex(index, { align: 'auto' });
    },
  };
}

/** When cards go or come above, what one is reading stays where it is. */
function holdStill(list: Virtualizer<Window, Element>, keys: readonly string[]): void {
  const before = useRef<{ keys: readonly string[]; anchor: string | null; top: number }>({
    keys,
    anchor: null,
    top: 0,
  });
  useLayoutEffect(() => {
    const was = before.current;
    if (was.keys !== keys && was.anchor !== null) {
      const at = keys.indexOf(was.anchor);
      const start = at < 0 ? undefined : list.measurementsCache[at]?.start;
      const moved = start === undefined ? 0 : start - was.top;
      if (moved !== 0 && window.scrollY > 0) window.scrollBy({ top: moved, behavior: 'instant' });
    }
  }, [keys]);
  useLayoutEffect(() => {
    const first = list.measurementsCache.find(({ end }) => end > window.scrollY + 120);
    before.current = { keys, anchor: first === undefined ? null : String(first.key), top: first?.start ?? 0 };
  });
}
