import type { ApiKey } from '../accounts/api-key.entity.js';
import type { NewApiKey } from '../accounts/api-keys.js';

export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** To the minute; null when it was never used. */
  readonly lastUsedAt: string | null;
}

export interface NewApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** The only time it is shown. */
  readonly key: string;
}

export function viewApiKey({ id, name, scopes, createdAt, lastUsedAt }: ApiKey): ApiKeyView {
  return { id, name, scopes, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}

export function viewNewApiKey({ id, name, scopes, createdAt, key }: NewApiKey): NewApiKeyView {
  return { id, name, scopes, createdAt: createdAt.toISOString(), key };
}
