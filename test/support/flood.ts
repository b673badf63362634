import type { Challenge } from './solve-challenge.js';
import type { Detail, TestSite } from './test-site.js';
import type { TestClient } from './test-client.js';
import { waitUntil } from './wait-until.js';

/* A site is flooded from a handful of comments on, so that a story need not send hundreds. */

export const FLOODED_FROM = 5;
export const FLOOD_SETTINGS = { SUBMIT_LIMIT_PER_MINUTE: '100000', SUBMIT_FLOOD_FROM: String(FLOODED_FROM) } as const;

export interface Form {
  readonly formToken: string;
  readonly challenge?: Challenge;
}

export async function readForm(reader: TestClient, site: TestSite, article = '/a'): Promise<Form> {
  return (await reader.get<Form>(site.articlePath(article, '/form'))).body;
}

/** Sends comments until one is held for want of a proof. */
export async function flood(site: TestSite): Promise<void> {
  await waitUntil(async () => isHeld(await site.submitSettled()), `the site ${site.key} is flooded`, 60_000);
}

export function isHeld({ verdict }: Detail): boolean {
  return verdict?.signals.some(({ name }) => name === 'no-proof') ?? false;
}
