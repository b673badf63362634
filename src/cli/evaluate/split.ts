import { createHash } from 'node:crypto';
import type { LabelledComment } from '../train/labelled-comment.js';

const TENTHS = 10;
const RESERVED = 3;

export interface Split {
  readonly training: readonly LabelledComment[];
  readonly reserved: readonly LabelledComment[];
}

/** Three tenths are reserved, chosen by the digest of a comment's id: the same on every machine, in whatever order. */
export function splitComments(comments: readonly LabelledComment[]): Split {
  const isReserved = ({ id }: LabelledComment): boolean => {
    return createHash('sha256').update(id).digest().readUInt32BE(0) % TENTHS < RESERVED;
  };
  return {
    training: comments.filter((comment) => !isReserved(comment)),
    reserved: comments.filter(isReserved),
  };
}
