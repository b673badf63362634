// All rules of a site, made ready to be asked of many comments. A comment costs little more than the reading of its
// text: what is compared as a whole is looked up, phrases are found all at once, and so are expressions.
import { fold, spellings } from '../folding.js';
import { isUnder } from '../links.js';
import { asAscii, domainsOf, hostsLinkedIn, hostsWrittenIn } from './hosts.js';
import { NetworkBook } from './networks.js';
import { PatternSet } from './patterns.js';
import { PhraseBook, type Phrase } from './phrases.js';
import { readRule } from './read-rule.js';
import { RULE_FIELDS, type Rule, type RuleField } from './rule.js';

/** What rules look at, and no more of a comment than that. */
export interface RuledComment {
  readonly body: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authorUrl: string | null;
  /** Cut to /24 or /48; null when it is not known, or not any more. */
  readonly clientNetwork: string | null;
  /** Of the site itself: to lead there is nothing that a rule is for. */
  readonly ownHosts: readonly string[];
  readonly reading: { readonly foldedBody: string; readonly links: readonly { readonly host: string }[] };
}

/** The rules of one field, by how they compare. */
interface FieldRules<One> {
  readonly whole: ReadonlyMap<string, readonly One[]>;
  readonly phrases: PhraseBook<One>;
  readonly patterns: PatternSet<One>;
}

interface Entry<One> {
  readonly rule: One;
  readonly value: string;
}

export class RuleSet<One extends Rule = Rule> {
  readonly #fields: Readonly<Partial<Record<RuleField, FieldRules<One>>>>;
  readonly #networks: NetworkBook<One>;
  readonly #rules: readonly One[];

  /** A rule with a fault matches nothing. */
  constructor(rules: readonly One[]) {
    const entries = rules.flatMap((rule): Entry<One>[] => {
      const read = readRule(rule);
      return 'value' in read ? [{ rule, value: read.value }] : [];
    });
    this.#rules = entries.map(({ rule }) => rule);
    this.#fields = Object.fromEntries(
      RULE_FIELDS.map((field) => [field, entries.filter(({ rule }) => rule.field === field)] as const)
        .filter(([, ofField]) => ofField.length > 0)
        .map(([field, ofField]) => [field, describeField(field, ofField)]),
    );
    const networks = entries.filter(({ rule }) => rule.field === 'network');
    this.#networks = new NetworkBook(networks.map(({ rule, value }) => ({ network: value, owner: rule })));
  }

  get size(): number {
    return this.#rules.length;
  }

  /** Whether any of them is an expression, whose set remembers much. */
  get hasPatterns(): boolean {
    return Object.values(this.#fields).some(({ patterns }) => !patterns.isEmpty);
  }

  /** The rules that match, in the order in which they were given. */
  match(comment: RuledComment): readonly One[] {
    if (this.#rules.length === 0) return [];
    const found = new Set<One>();
    const { text, name, host, address } = this.#fields;
    if (text) findInText(text, comment.body, comment.reading.foldedBody, found);
    if (name) findInText(name, comment.authorName, fold(comment.authorName), found);
    if (host) findHosts(host, comment, found);
    if (address) findAddress(address, fold(comment.authorEmail).trim(), found);
    if (comment.clientNetwork !== null) this.#networks.find(comment.clientNetwork, found);
    return found.size === 0 ? [] : this.#rules.filter((rule) => found.has(rule));
  }
}

function describeField<One extends Rule>(field: RuleField, entries: readonly Entry<One>[]): FieldRules<One> {
  const whole = new Map<string, One[]>();
  const phrases: Phrase<One>[] = [];
  const patterns: { source: string; owner: One }[] = [];
  for (const { rule, value } of entries) {
    if (rule.match === 'exact') whole.set(value, [...(whole.get(value) ?? []), rule]);
    else if (rule.match === 'regex') patterns.push({ source: value, owner: rule });
    else if (rule.match === 'word') phrases.push({ text: value, endsWord: true, owner: rule });
    else phrases.push({ text: value, endsWord: false, owner: rule, ...beginningOf(field) });
  }
  return { whole, phrases: new PhraseBook(phrases), patterns: new PatternSet(patterns) };
}

/** Of an address the whole is meant, of a host a name in it; of a text or a person's name each word begins anew. */
function beginningOf(field: RuleField): { mayBegin?: (text: string, at: number) => boolean } {
  if (field === 'address') return { mayBegin: (_text, at) => at === 0 };
  return field === 'host' ? { mayBegin: (text, at) => at === 0 || text.charAt(at - 1) === '.' } : {};
}

/**
 * In every spelling; expressions also in the text as it was written, because there are lines and signs in it that
 * folding takes away. They know no case, so a text that differs in that alone is not read twice.
 */
function findInText<One>(
  { whole, phrases, patterns }: FieldRules<One>,
  written: string,
  folded: string,
  found: Set<One>,
): void {
  const spelled = spellings(folded);
  for (const text of spelled) {
    addAll(found, whole.get(text.trim()));
    phrases.find(text, found);
  }
  if (patterns.isEmpty) return;
  for (const text of written.toLowerCase() === folded ? spelled : [written, ...spelled]) patterns.find(text, found);
}

function findHosts<One>(
  { whole, phrases, patterns }: FieldRules<One>,
  { reading: { foldedBody, links }, authorUrl, ownHosts }: RuledComment,
  found: Set<One>,
): void {
  const text = authorUrl === null ? foldedBody : `${foldedBody} ${fold(authorUrl)}`;
  const isForeign = (host: string): boolean => !isUnder(host, ownHosts);
  const linked = new Set([...links.map(({ host }) => asAscii(host)), ...hostsLinkedIn(text)].filter(isForeign));
  for (const host of linked) {
    for (const domain of domainsOf(host)) addAll(found, whole.get(domain));
    phrases.find(host, found);
    patterns.find(host, found);
  }
  if (whole.size === 0) return;
  for (const host of hostsWrittenIn(text).filter(isForeign)) {
    for (const domain of domainsOf(host).slice(0, -1)) addAll(found, whole.get(domain));
  }
}

function findAddress<One>({ whole, phrases, patterns }: FieldRules<One>, address: string, found: Set<One>): void {
  const at = address.lastIndexOf('@');
  const domain = asAscii(address.slice(at + 1));
  const plain = `${address.slice(0, Math.max(0, at))}@${domain}`;
  addAll(found, whole.get(plain));
  addAll(found, whole.get(`@${domain}`));
  for (const parent of domainsOf(domain)) addAll(found, whole.get(parent));
  phrases.find(plain, found);
  patterns.find(plain, found);
}

function addAll<One>(found: Set<One>, rules: readonly One[] | undefined): void {
  for (const rule of rules ?? []) found.add(rule);
}
