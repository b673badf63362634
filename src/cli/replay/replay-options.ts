import { parseUrl } from '../../lib/markup/parse-url.js';
import { CommandFault, EXIT_USAGE } from '../command-fault.js';
import { parseWords } from '../parse-words.js';

export type Credentials =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'password'; readonly email: string; readonly password: string };

export interface ReplayOptions {
  readonly files: readonly string[];
  /** Without a slash at its end. */
  readonly url: string;
  readonly site: string;
  /** Null: one for each file, named after it. */
  readonly article: string | null;
  /** Null when nothing was given. */
  readonly credentials: Credentials | null;
  /** Comments of each file; Infinity for all. */
  readonly limit: number;
  readonly concurrency: number;
  /** Submissions a second; Infinity for no bound. */
  readonly rate: number;
  readonly giveUpAfterMs: number;
  readonly isJson: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_URL = 'http://localhost:3000';
const DEFAULT_SITE = 'demo';
/** The address of the first operator where ADMIN_EMAIL is not set. */
const DEFAULT_EMAIL = 'admin@localhost';
const DEFAULT_CONCURRENCY = 16;
const DEFAULT_GIVE_UP_SECONDS = 60;
/** More sockets than this measure the client. */
const LARGEST_CONCURRENCY = 1000;

const SYNTAX = {
  options: {
    url: { type: 'string' },
    site: { type: 'string' },
    article: { type: 'string' },
    key: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    limit: { type: 'string' },
    concurrency: { type: 'string' },
    rate: { type: 'string' },
    'give-up-after': { type: 'string' },
    json: { type: 'boolean' },
  },
  allowPositionals: true,
  strict: true,
} as const;

/** @throws CommandFault with exit code 2 and a sentence for what is wrong */
export function readReplayOptions(args: readonly string[], environment: Environment): ReplayOptions {
  const { values, positionals } = parseWords(SYNTAX, args, wrong);
  if (positionals.length === 0) {
    throw wrong('Name at least one file of comments: winnow replay <file.jsonl[.gz]>.');
  }
  return {
    files: positionals,
    url: readUrl(values.url ?? DEFAULT_URL),
    site: values.site ?? DEFAULT_SITE,
    article: values.article ?? null,
    credentials: readCredentials(values, environment),
    limit: readCount('limit', values.limit, Infinity),
    concurrency: readCount('concurrency', values.concurrency, DEFAULT_CONCURRENCY, LARGEST_CONCURRENCY),
    rate: readCount('rate', values.rate, Infinity),
    giveUpAfterMs: readCount('give-up-after', values['give-up-after'], DEFAULT_GIVE_UP_SECONDS) * 1000,
    isJson: values.json ?? false,
  };
}

/** What is given on the command line goes before what the environment holds, and a key before a password. */
function readCredentials(
  { key, email, password }: { key?: string; email?: string; password?: string },
  { WINNOW_API_KEY: keptKey, WINNOW_PASSWORD: keptPassword }: Environment,
): Credentials | null {
  if (key !== undefined && password !== undefined) throw wrong('Give --key or --password, not both.');
  if (key) return { kind: 'key', key };
  const secret = password ?? (email === undefined && keptKey ? undefined : keptPassword);
  if (secret) return { kind: 'password', email: email ?? DEFAULT_EMAIL, password: secret };
  if (email !== undefined) throw wrong('Give the password of --email by --password or in WINNOW_PASSWORD.');
  return keptKey ? { kind: 'key', key: keptKey } : null;
}

function readUrl(typed: string): string {
  const url = parseUrl(typed);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw wrong(`--url must be an address such as ${DEFAULT_URL}.`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function readCount(name: string, typed: string | undefined, standard: number, largest = 1_000_000_000): number {
  if (typed === undefined) return standard;
  const count = /^\d{1,10}$/.test(typed) ? Number(typed) : 0;
  if (count < 1 || count > largest) throw wrong(`--${name} must be a whole number from 1 to ${largest}.`);
  return count;
}

function wrong(message: string): CommandFault {
  return new CommandFault(`${message}\nwinnow help replay lists the options.`, EXIT_USAGE);
}
