import type { CommentId } from '../platform/ids.js';
import { placeReply } from './place-reply.js';

const ROOT = 'root' as CommentId;
const REPLY = 'reply' as CommentId;

describe('a reply', () => {
  it('stands under what it answers', () => {
    expect(placeReply({ id: ROOT, parentId: null, depth: 0 }, 5)).toEqual({ parentId: ROOT, depth: 1 });
  });

  it('stands beside what it answers where that is as deep as it goes', () => {
    expect(placeReply({ id: REPLY, parentId: ROOT, depth: 1 }, 1)).toEqual({ parentId: ROOT, depth: 1 });
  });

  it('stands alone where nothing nests', () => {
    expect(placeReply({ id: REPLY, parentId: ROOT, depth: 1 }, 0)).toEqual({ parentId: null, depth: 0 });
  });
});
