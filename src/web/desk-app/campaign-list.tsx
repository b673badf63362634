import { useEffect, useState } from 'preact/hooks';
import { count } from '../../lib/spam/wording.js';
import { CommentBody } from './comment-body.js';
import type { Campaign, Page, SiteLabel } from './item.js';
import { Marked } from './marked.js';
import { ago } from './moments.js';
import { Reasons } from './reasons.js';
import { siteOf } from './scene.js';
import { ask, Refusal, rootOf } from './service.js';
import { useQueue } from './use-queue.js';
import { useSending } from './use-sending.js';

interface OnSite extends SiteLabel {
  readonly campaign: string;
  readonly size: number;
  readonly pending: number;
}

type CampaignCard = Omit<Campaign, 'firstAt' | 'lastAt' | 'authors'> &
  Partial<Pick<Campaign, 'lastAt' | 'authors'>> & { readonly sites?: readonly OnSite[] };

/** Copies as one card, those with most waiting first: 214 copies are one decision. */
export function CampaignList() {
  const [queue, { asked }] = useQueue();
  const [page, setPage] = useState<Page<CampaignCard> | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { site } = queue.scene;
  const load = (cursor: string | null): void => {
    const query = new URLSearchParams({
      limit: '20',
      ...(site !== null && { status: asked.status }),
      ...(cursor !== null && { cursor }),
    });
    ask<Page<CampaignCard>>('GET', `${rootOf(site)}/campaigns?${query.toString()}`).then(
      (next) => {
        setPage((before) => ({
          ...next,
          items: cursor === null ? next.items : [...(before?.items ?? []), ...next.items],
        }));
      },
      (error: unknown) => {
        setFault(error instanceof Refusal ? error.detail : 'That did not work. Load the page again.');
      },
    );
  };
  useEffect(() => {
    load(null);
  }, [site, asked.status]);
  if (fault !== null)
    return (
      <p class="alert" role="alert">
        {fault}
      </p>
    );
  if (!page) return <p class="quiet">The copies come…</p>;
  if (page.items.length === 0)
    return (
      <div class="empty">
        <p>No near-identical comments here. Each one stands for itself.</p>
      </div>
    );
  return (
    <>
      <ol class="cards">
        {page.items.map((campaign) => (
          <li key={campaign.id}>
            <OneCampaign
              campaign={campaign}
              onDone={() => {
                setPage({ ...page, items: page.items.filter((one) => one !== campaign) });
              }}
            />
          </li>
        ))}
      </ol>
      {page.nextCursor !== null && (
        <button
          type="button"
          onClick={() => {
            load(page.nextCursor);
          }}
        >
          More campaigns
        </button>
      )}
    </>
  );
}

const ACTIONS = [
  ['approve', 'Approve all'],
  ['reject', 'Reject all'],
  ['spam', 'All spam'],
] as const;

function OneCampaign({ campaign, onDone }: { readonly campaign: CampaignCard; readonly onDone: () => void }) {
  const [queue, { asked }] = useQueue();
  const { isSending, fault, send } = useSending();
  const { sample, size, pending, authors, lastAt, sites } = campaign;
  const own = queue.scene.site;
  const places = sites && sites.length > 1 ? ` on ${sites.length} sites` : '';
  const mayDecide = own === null || siteOf(queue.scene, own).mayDecide;
  const decide = (action: string): void => {
    void send(async () => {
      if (own !== null) await ask('POST', `${rootOf(own)}/campaigns/${campaign.id}/decisions`, { action });
      else {
        const all = (sites ?? []).map(({ key, campaign: one }) => ({ site: key, campaign: one }));
        await ask('POST', '/v1/moderation/campaigns/decisions', { action, campaigns: all });
      }
    }).then((isDone) => {
      if (!isDone) return;
      queue.say(`${count(pending, 'copy').replace('copys', 'copies')} decided at once.`);
      void queue.refreshSummary();
      onDone();
    });
  };
  return (
    <article class="card" aria-labelledby={`k-${campaign.id}`}>
      <header>
        <h2 id={`k-${campaign.id}`}>
          {size.toLocaleString('en')} copies{places}
        </h2>
      </header>
      <p class="quiet">
        {pending.toLocaleString('en')} waiting
        {authors !== undefined && `, from ${count(authors, 'address')}`.replace('addresss', 'addresses')}
        {lastAt !== undefined && `; the last ${ago(lastAt, Date.now())}`}. One of them, by{' '}
        <Marked text={sample.author.name} />:
      </p>
      <CommentBody item={sample} />
      <Reasons item={sample} policy={siteOf(queue.scene, own ?? '').policy} />
      {fault !== null && (
        <p class="alert" role="alert">
          {fault}
        </p>
      )}
      <div class="buttons">
        {mayDecide &&
          ACTIONS.map(([action, words]) => (
            <button
              key={action}
              type="button"
              class={action}
              disabled={isSending}
              aria-describedby={`k-${campaign.id}`}
              onClick={() => {
                decide(action);
              }}
            >
              {words}
            </button>
          ))}
        {own !== null && (
          <button type="button" onClick={() => void queue.show({ ...asked, isGrouped: false, campaign: campaign.id })}>
            Show each
          </button>
        )}
      </div>
    </article>
  );
}
