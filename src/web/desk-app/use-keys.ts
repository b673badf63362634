// Hands on the keyboard: what a key does on this page. Off inside fields, and while a dialog is open.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { TABS, tabOf } from './asked.js';
import { actOf, keepChoice, readChoice, type Act, type KeyChoice } from './keys.js';
import type { Queue } from './queue.js';

export interface Keys {
  readonly choice: KeyChoice;
  readonly isHelpShown: boolean;
  readonly choose: (choice: KeyChoice) => void;
  readonly showHelp: () => void;
  readonly hideHelp: () => void;
}

export function useKeys(queue: Queue): Keys {
  const [choice, setChoice] = useState(() => readChoice(localStorage));
  const [isHelpShown, setHelp] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      const means = actOf(choice, event);
      if (!means) return;
      event.preventDefault();
      if (means.act === 'help') setHelp(true);
      else carryOut(queue, means.act, means.onSelection);
    };
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('keydown', press);
    };
  }, [queue, choice]);
  return useMemo(
    () => ({
      choice,
      isHelpShown,
      choose: (next: KeyChoice) => {
        keepChoice(localStorage, next);
        setChoice(next);
      },
      showHelp: () => {
        setHelp(true);
      },
      hideHelp: () => {
        setHelp(false);
      },
    }),
    [choice, isHelpShown],
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]') !== null
  );
}

function carryOut(queue: Queue, act: Act, onSelection: boolean): void {
  const { current, selected, opened, asked } = queue.state;
  switch (act) {
    case 'next':
      queue.step(1);
      break;
    case 'previous':
      queue.step(-1);
      break;
    case 'select':
      if (current !== null) queue.select(current, !selected.has(current));
      break;
    case 'approve':
    case 'reject':
    case 'spam':
    case 'publish': {
      const ids = onSelection ? [...selected] : current === null ? [] : [current];
      if (ids.length > 0) void queue.decide(ids, act);
      break;
    }
    case 'undo':
      void queue.undo();
      break;
    case 'open':
      queue.open(opened?.id === current ? null : current);
      break;
    case 'edit':
    case 'note':
      queue.open(current, act);
      break;
    case 'search':
      document.getElementById('q')?.focus();
      break;
    case 'help':
      break;
    default: {
      const tab = TABS[Number(act.slice(3)) - 1];
      if (tab) void queue.show(tabOf(asked, tab[0]));
    }
  }
}
