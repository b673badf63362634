import { count } from '../../lib/spam/wording.js';
import { CommentBody } from './comment-body.js';
import { Decide } from './decide.js';
import { EditText } from './edit-text.js';
import { Marked } from './marked.js';
import { ago, fullMoment } from './moments.js';
import { OpenedComment } from './opened-comment.js';
import type { Card } from './queue-state.js';
import { Reasons } from './reasons.js';
import { siteOf } from './scene.js';
import { useQueue } from './use-queue.js';
import { DID_WORDS, doneInWords } from './words.js';
import { historyInWords } from '../desk/verdict-words.js';
import { webAddress } from '../../lib/feed/public-values.js';

interface CardProps {
  readonly card: Card;
  readonly place: number;
  /** −1 while there is more than has been loaded. */
  readonly total: number;
}

/** One comment: who, where, what, why it is here, and what can be done. */
export function CommentCard({ card, place, total }: CardProps) {
  const [queue, state] = useQueue();
  const { item, outcome } = card;
  const isOpen = state.opened?.id === item.id;
  const isColleagues = outcome !== null && outcome.by !== null;
  return (
    <article
      class={`card${outcome ? ' decided' : ''}${isColleagues ? ' elsewhere' : ''}`}
      id={`c-${item.id}`}
      tabIndex={item.id === state.current ? 0 : -1}
      aria-labelledby={`by-${item.id}`}
      aria-posinset={place}
      aria-setsize={total}
      onFocusCapture={() => {
        queue.look(item.id);
      }}
    >
      {item.site && (
        <p class="quiet of-site">
          <a href={`/desk/sites/${item.site.key}`}>
            <bdi>{item.site.name}</bdi>
          </a>
        </p>
      )}
      <Head card={card} />
      {outcome ? <Done card={card} /> : <Open card={card} isOpen={isOpen} />}
    </article>
  );
}

function Head({ card: { item, outcome } }: { readonly card: Card }) {
  const [queue, { selected }] = useQueue();
  const { mayDecide } = siteOf(queue.scene, queue.siteKey(item));
  const { author } = item;
  return (
    <header>
      {mayDecide && outcome === null && (
        <input
          type="checkbox"
          aria-label="Select"
          aria-describedby={`by-${item.id}`}
          checked={selected.has(item.id)}
          onChange={({ currentTarget }) => {
            queue.select(item.id, currentTarget.checked);
          }}
        />
      )}
      <h2 id={`by-${item.id}`}>{author.name === '' ? 'Without a name' : <Marked text={author.name} />}</h2>
    </header>
  );
}

/** For eight seconds after a decision, or until it is undone. */
function Done({ card: { item, outcome, isSending } }: { readonly card: Card }) {
  const [queue] = useQueue();
  if (!outcome) return null;
  const { by, decision, status } = outcome;
  return (
    <div class="outcome">
      <p class="gist" dir="auto">
        {item.body.slice(0, 160)}
      </p>
      <p>
        {by === null ? (
          <strong>{doneInWords(decision, status)}.</strong>
        ) : (
          <>
            <strong>
              <bdi>{by}</bdi>
            </strong>{' '}
            has {DID_WORDS[status]}.
          </>
        )}
      </p>
      {by === null && decision !== 'delete' && (
        <button
          type="button"
          disabled={isSending}
          aria-describedby={`by-${item.id}`}
          onClick={() => void queue.undoAct([item.id])}
        >
          Undo
        </button>
      )}
    </div>
  );
}

function Open({ card, isOpen }: { readonly card: Card; readonly isOpen: boolean }) {
  const [queue, state] = useQueue();
  const { item, fault } = card;
  const { mayDecide, policy } = siteOf(queue.scene, queue.siteKey(item));
  const isEdited = isOpen && state.opened?.part === 'edit';
  return (
    <>
      <Who card={card} />
      <Where card={card} />
      {item.claim && !item.claim.isYours && <Claimed name={item.claim.by.name} />}
      {fault !== null && (
        <p class="alert" role="alert">
          {fault}
        </p>
      )}
      <Reported card={card} />
      {isEdited ? <EditText item={item} /> : <CommentBody item={item} />}
      <Reasons item={item} policy={policy} />
      {mayDecide && <Decide item={item} isOpen={isOpen} />}
      {isOpen && !isEdited && <OpenedComment item={item} />}
    </>
  );
}

function Claimed({ name }: { readonly name: string }) {
  return (
    <p class="claimed quiet">
      <bdi>{name}</bdi> is looking at this.
    </p>
  );
}

function Who({ card: { item } }: { readonly card: Card }) {
  const { author, authorHistory } = item;
  const url = webAddress(author.url);
  const history = historyInWords(authorHistory);
  return (
    <p class="who">
      {author.email !== '' && (
        <span class="email">
          <Marked text={author.email} />
        </span>
      )}
      {url !== null && (
        <a class="website" href={url} rel="nofollow ugc noopener noreferrer">
          {url}
        </a>
      )}
      {item.author.standing && (
        <span class={`badge ${item.author.standing === 'banned' ? 'spam' : 'ham'}`}>{item.author.standing}</span>
      )}
      {item.author.verified && <span class="badge ham">one of this site’s people</span>}
      <span class="quiet">
        {history === null ? 'Nothing else from this address.' : `Also from this address: ${history}.`}
      </span>
      {item.noteCount > 0 && <span class="quiet">{count(item.noteCount, 'note')}</span>}
    </p>
  );
}

function Where({ card: { item } }: { readonly card: Card }) {
  const [queue, { asked }] = useQueue();
  const { article, campaign } = item;
  const url = webAddress(article.url);
  const site = queue.siteKey(item);
  const inSite = (name: string, value: string): string =>
    `/desk/sites/${site}?${new URLSearchParams({ status: item.status, [name]: value }).toString()}`;
  return (
    <p class="where quiet">
      <time dateTime={item.submittedAt} title={fullMoment(item.submittedAt)}>
        {ago(item.submittedAt, Date.now())}
      </time>
      {item.editedAt !== null && ', edited'}, on{' '}
      <a href={inSite('article', article.key)}>
        <Marked text={article.title === null || article.title === '' ? article.key : article.title} />
      </a>
      {url !== null && (
        <>
          {' · '}
          <a href={url} rel="noopener">
            open the page
          </a>
        </>
      )}
      {item.parentId !== null && (
        <>
          {' · '}
          <button
            type="button"
            class="plain"
            onClick={() => {
              queue.open(item.id, 'thread');
            }}
          >
            a reply
          </button>
        </>
      )}
      {campaign && asked.campaign === '' && (
        <>
          {' · '}
          <a href={inSite('campaign', campaign.id)}>{campaign.size} near-identical comments</a>
        </>
      )}
    </p>
  );
}

function Reported({ card: { item } }: { readonly card: Card }) {
  const { reports } = item;
  if (reports.count === 0) return null;
  return (
    <div class="reports">
      <p>
        <strong>Reported by {count(reports.count, 'reader')}.</strong>
      </p>
      <ul>
        {reports.reasons.map((reason) => (
          <li key={reason} dir="auto">
            <Marked text={reason} />
          </li>
        ))}
      </ul>
    </div>
  );
}
