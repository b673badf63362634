import { useEffect, useState } from 'preact/hooks';
import { CommentBody } from './comment-body.js';
import type { Campaign, Job, JobGroup, Page, SiteLabel } from './item.js';
import { JobProgress } from './job-progress.js';
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

interface Campaigns {
  readonly page: Page<CampaignCard> | null;
  readonly fault: string | null;
  readonly more: () => void;
  readonly without: (campaign: CampaignCard) => void;
}

function useCampaigns(): Campaigns {
  const [queue, { asked }] = useQueue();
  const [page, setPage] = useState<Page<CampaignCard> | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { site } = queue.scene;
  const load = (before: Page<CampaignCard> | null): void => {
    const query = new URLSearchParams({ limit: '20' });
    // Over many sites it is what waits that is grouped.
    if (site !== null) query.set('status', asked.status);
    if (before?.nextCursor) query.set('cursor', before.nextCursor);
    ask<Page<CampaignCard>>('GET', `${rootOf(site)}/campaigns?${query.toString()}`).then(
      ({ items, nextCursor }) => {
        setPage({ items: [...(before?.items ?? []), ...items], nextCursor });
      },
      (error: unknown) => {
        setFault(error instanceof Refusal ? error.detail : 'That did not work. Load the page again.');
      },
    );
  };
  useEffect(() => {
    load(null);
  }, [site, asked.status]);
  return {
    page,
    fault,
    more: () => {
      load(page);
    },
    without: (campaign) => {
      if (page) setPage({ ...page, items: page.items.filter((one) => one !== campaign) });
    },
  };
}

/** Copies as one card, those with most waiting first: 214 copies are one decision. */
export function CampaignList() {
  const { page, fault, more, without } = useCampaigns();
  if (fault !== null) {
    return (
      <p class="alert" role="alert">
        {fault}
      </p>
    );
  }
  if (!page) return <p class="quiet">The copies come…</p>;
  if (page.items.length === 0) {
    return (
      <div class="empty">
        <p>No near-identical comments here. Each one stands for itself.</p>
      </div>
    );
  }
  return (
    <>
      <ol class="cards">
        {page.items.map((campaign) => (
          <li key={campaign.id}>
            <OneCampaign
              campaign={campaign}
              onDone={() => {
                without(campaign);
              }}
            />
          </li>
        ))}
      </ol>
      {page.nextCursor !== null && (
        <button type="button" onClick={more}>
          More campaigns
        </button>
      )}
    </>
  );
}

interface OneProps {
  readonly campaign: CampaignCard;
  readonly onDone: () => void;
}

function OneCampaign({ campaign, onDone }: OneProps) {
  const [queue] = useQueue();
  const { sample, size, pending, authors, lastAt, sites = [] } = campaign;
  const from = authors === undefined ? '' : `, from ${authors} ${authors === 1 ? 'address' : 'addresses'}`;
  return (
    <article class="card" aria-labelledby={`k-${campaign.id}`}>
      <header>
        <h2 id={`k-${campaign.id}`}>
          {size.toLocaleString('en')} copies{sites.length > 1 && ` on ${sites.length} sites`}
        </h2>
      </header>
      <p class="quiet">
        {pending.toLocaleString('en')} waiting{from}
        {lastAt !== undefined && `; the last ${ago(lastAt, Date.now())}`}. One of them, by{' '}
        <Marked text={sample.author.name} />:
      </p>
      <CommentBody item={sample} />
      <Reasons item={sample} policy={siteOf(queue.scene, queue.siteKey(sample)).policy} />
      <DecideAll campaign={campaign} onDone={onDone} />
    </article>
  );
}

const ACTIONS = [
  ['approve', 'Approve all'],
  ['reject', 'Reject all'],
  ['spam', 'All spam'],
] as const;

/** A job with its progress and its undo; over many sites one on each. */
function DecideAll({ campaign, onDone }: OneProps) {
  const [queue, { asked }] = useQueue();
  const { isSending, fault, send } = useSending();
  const [job, setJob] = useState<Job | JobGroup | null>(null);
  const { site } = queue.scene;
  const mayDecide = site === null || siteOf(queue.scene, site).mayDecide;
  const decide = (action: string): void => {
    const campaigns = (campaign.sites ?? []).map(({ key, campaign: one }) => ({ site: key, campaign: one }));
    const order =
      site === null
        ? { action, filter: { status: 'pending' }, campaigns }
        : { action, filter: { status: asked.status, campaign: campaign.id } };
    void send(async () => {
      setJob(await ask<Job | JobGroup>('POST', `${rootOf(site)}/jobs`, order));
    });
  };
  if (job) return <JobProgress site={site} job={job} onJob={setJob} onEnd={onDone} />;
  return (
    <>
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
        {site !== null && (
          <button type="button" onClick={() => void queue.show({ ...asked, isGrouped: false, campaign: campaign.id })}>
            Show each
          </button>
        )}
      </div>
    </>
  );
}
