import { useEffect, useState } from 'preact/hooks';
import { isNarrowed, NOT_NARROWED, type Asked, type Sort } from './asked.js';
import { ask, rootOf } from './service.js';
import type { Keys } from './use-keys.js';
import { useQueue } from './use-queue.js';

interface Facets {
  readonly reasons: readonly { readonly name: string; readonly count: number }[];
  readonly languages: readonly { readonly tag: string; readonly count: number }[];
  readonly articles: readonly { readonly key: string; readonly title: string | null; readonly count: number }[];
  readonly sites?: readonly { readonly key: string; readonly name: string; readonly count: number }[];
}

const SORTS: readonly (readonly [Sort, string])[] = [
  ['oldest', 'Oldest first'],
  ['newest', 'Newest first'],
  ['doubtful', 'Most doubtful first'],
];

/** Search, order, and what the list can be narrowed to. All of it stands in the address. */
export function Filters({ keys }: { readonly keys: Keys }) {
  const [queue, { asked }] = useQueue();
  const [typed, setTyped] = useState(asked.search);
  const facets = useFacets(asked);
  useEffect(() => {
    setTyped(asked.search);
  }, [asked.search]);
  const narrow = (change: Partial<Asked>): void => {
    void queue.show({ ...asked, ...change });
  };
  return (
    <search>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          narrow({ search: typed.trim() });
        }}
      >
        <div class="pair">
          <label for="q">Search</label>
          <input
            id="q"
            type="search"
            maxLength={200}
            value={typed}
            aria-describedby="grammar"
            onInput={({ currentTarget }) => {
              setTyped(currentTarget.value);
            }}
          />
        </div>
        <Choice
          id="sort"
          label="Order"
          value={asked.sort}
          options={SORTS.filter(([sort]) => sort !== 'doubtful' || asked.status === 'pending')}
          onChoice={(sort) => {
            narrow({ sort: sort as Sort });
          }}
        />
        <button>Search</button>
        <button type="button" class="keys-button" aria-haspopup="dialog" onClick={keys.showHelp}>
          Keys
        </button>
      </form>
      <details class="narrow" open={isNarrowed({ ...asked, search: '' }) || asked.isGrouped}>
        <summary>Narrow down</summary>
        <Narrowing asked={asked} facets={facets} onChange={narrow} />
        <p id="grammar" class="hint">
          Words must all be there. Also <code>"a phrase"</code>, <code>author:ada</code>,{' '}
          <code>email:@example.org</code>, <code>link:example.com</code>, <code>article:/path</code>; a minus before one
          leaves it out.
        </p>
      </details>
    </search>
  );
}

interface NarrowingProps {
  readonly asked: Asked;
  readonly facets: Facets | null;
  readonly onChange: (change: Partial<Asked>) => void;
}

function Narrowing({ asked, facets, onChange }: NarrowingProps) {
  const { site } = useQueue()[0].scene;
  return (
    <div class="filters">
      {choicesOf(facets, site === null).map(({ member, label, any, options }) => (
        <Choice
          key={member}
          id={member}
          label={label}
          value={asked[member]}
          options={[['', any], ...options]}
          onChoice={(value) => {
            onChange({ [member]: value });
          }}
        />
      ))}
      <label class="tick">
        <input
          type="checkbox"
          checked={asked.isGrouped}
          onChange={({ currentTarget }) => {
            onChange({ isGrouped: currentTarget.checked, campaign: '' });
          }}
        />
        Copies as one card
      </label>
      {(isNarrowed(asked) || asked.isGrouped) && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            onChange({ ...NOT_NARROWED, isGrouped: false });
          }}
        >
          Show all again
        </button>
      )}
    </div>
  );
}

interface NarrowingChoice {
  readonly member: 'reason' | 'language' | 'article' | 'site';
  readonly label: string;
  readonly any: string;
  readonly options: readonly (readonly [string, string])[];
}

/** An article's key belongs to one site, so it is no choice among many. */
function choicesOf(facets: Facets | null, isEverywhere: boolean): NarrowingChoice[] {
  const { reasons = [], languages = [], articles = [], sites = [] } = facets ?? {};
  const counted = (value: string, words: string, count: number): readonly [string, string] => [
    value,
    `${words} (${count})`,
  ];
  const place: NarrowingChoice = isEverywhere
    ? {
        member: 'site',
        label: 'Site',
        any: 'All',
        options: sites.map(({ key, name, count }) => counted(key, name, count)),
      }
    : {
        ...{ member: 'article', label: 'Article', any: 'All' },
        options: articles.map(({ key, title, count }) => counted(key, title ?? key, count)),
      };
  return [
    {
      member: 'reason',
      label: 'Reason',
      any: 'Any',
      options: reasons.map(({ name, count }) => counted(name, name, count)),
    },
    {
      ...{ member: 'language', label: 'Language', any: 'Any' },
      options: languages.map(({ tag, count }) => counted(tag, nameOf(tag), count)),
    },
    place,
  ];
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoice: (value: string) => void;
}

function Choice({ id, label, value, options, onChoice }: ChoiceProps) {
  // What the address names is there to be seen and taken back, even where the newest comments do not have it.
  const shown = options.some(([option]) => option === value) ? options : [...options, [value, value] as const];
  return (
    <div class="pair">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ currentTarget }) => {
          onChoice(currentTarget.value);
        }}
      >
        {shown.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function useFacets({ status }: Asked): Facets | null {
  const [queue] = useQueue();
  const [facets, setFacets] = useState<Facets | null>(null);
  useEffect(() => {
    const query = new URLSearchParams({ status });
    ask<Facets>('GET', `${rootOf(queue.scene.site)}/facets?${query.toString()}`).then(setFacets, () => {
      setFacets(null);
    });
  }, [queue, status]);
  return facets;
}

function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
