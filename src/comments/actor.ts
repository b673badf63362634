import type { ActorKind } from './comment-event.entity.js';

/** Who moves a comment, as its event will say. */
export interface Actor {
  readonly kind: ActorKind;
  /** The account or API key. */
  readonly id: string | null;
  readonly name: string | null;
  /** Whether they answer for the whole service. */
  readonly isOperator?: boolean;
}
