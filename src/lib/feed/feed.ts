// The neutral model of a feed, which every writer in this folder reads. It holds only what is public: no e-mail address, no
// score, no comment that is not published. Dates come in; nothing here asks the clock.

/** One published comment. */
export interface FeedItem {
  /** A tag: URI (see tag-uri.ts) that never changes, whatever is edited or moved. */
  readonly id: string;
  /** The comment on its page, `<page>#comment-<commentId>`; null while the page's address is unknown. */
  readonly url: string | null;
  /** Plain text; may be empty. */
  readonly title: string;
  /** Plain text as the author typed it. */
  readonly authorName: string;
  readonly authorUrl: string | null;
  /** A person of the site wrote it, and the site answers for the name. */
  readonly isVerified: boolean;
  /** What renderComment answered. It is written as it is. */
  readonly html: string;
  readonly publishedAt: Date;
  /** The last change a reader can see; equal to `publishedAt` until an edit. */
  readonly updatedAt: Date;
  /** The item or page this one answers (RFC 4685), by its unchanging id. */
  readonly inReplyTo: { readonly id: string; readonly url: string | null } | null;
  /** A BCP 47 tag such as `de` or `pt-BR`. */
  readonly language: string | null;
  readonly commentId: string;
  readonly parentCommentId: string | null;
  /** A page where a reader reports it; the HTML fragment links there. */
  readonly reportUrl?: string;
}

/** The published comments of one article or one site. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly homeUrl: string | null;
  readonly selfUrl: string;
  /** The page with older items (RFC 5005). */
  readonly nextUrl: string | null;
  readonly updatedAt: Date;
  /** Newest first; the writers keep the order. */
  readonly items: readonly FeedItem[];
}
