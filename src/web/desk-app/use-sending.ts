import { useState } from 'preact/hooks';
import { Refusal } from './service.js';

export interface Sending {
  readonly isSending: boolean;
  readonly fault: string | null;
  /** @returns whether it went well */
  readonly send: (act: () => Promise<unknown>) => Promise<boolean>;
}

/** Something that is sent by a button: under way, refused with a reason, or done. */
export function useSending(): Sending {
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (act: () => Promise<unknown>): Promise<boolean> => {
    setSending(true);
    setFault(null);
    try {
      await act();
      return true;
    } catch (error) {
      setFault(error instanceof Refusal ? error.detail : 'That did not work. Try again.');
      return false;
    } finally {
      setSending(false);
    }
  };
  return { isSending, fault, send };
}
