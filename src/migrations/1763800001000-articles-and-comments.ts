import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

export class ArticlesAndComments1763800001000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(ARTICLE);
    await queryRunner.query(COMMENT);
    await queryRunner.query(COMMENT_EVENT);
    await queryRunner.query(SITE_COUNTER);
    for (const table of ['article', 'comment', 'comment_event', 'site_counter']) {
      await queryRunner.query(protectBySite(table));
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table site_counter, comment_event, comment, article');
  }
}

const ARTICLE = `
  create table article (
    site_id uuid not null constraint article_site_fk references site (id) on delete cascade,
    id uuid not null,
    key text not null,
    url text,
    title text,
    open boolean not null default true,
    created_at timestamptz not null,
    published_count integer not null default 0,
    constraint article_pkey primary key (site_id, id));
  create unique index article_key on article (site_id, key);`;

const COMMENT = `
  create table comment (
    site_id uuid not null,
    id uuid not null,
    article_id uuid not null,
    parent_id uuid,
    depth smallint not null,
    status text not null,
    version integer not null,
    revision integer not null,
    author_name text not null,
    author_email text not null,
    author_url text,
    author_key text not null,
    body text not null,
    html text,
    renderer_version smallint,
    language text,
    fingerprint bigint not null,
    honeypot_filled boolean not null,
    seconds_to_write integer,
    client_network text,
    verdict_label text,
    verdict_probability real,
    verdict_signals jsonb,
    submitted_at timestamptz not null,
    published_at timestamptz,
    edited_at timestamptz,
    moved_at timestamptz not null,
    next_sweep_at timestamptz not null,
    constraint comment_pkey primary key (site_id, id),
    constraint comment_article_fk foreign key (site_id, article_id)
      references article (site_id, id) on delete cascade);
  create index comment_queue on comment (site_id, status, submitted_at, id);
  create index comment_article_queue on comment (site_id, article_id, status, submitted_at, id);
  create index comment_thread on comment (site_id, article_id, published_at, id) where status = 'published';
  create index comment_site_feed on comment (site_id, published_at, id) where status = 'published';
  create index comment_author on comment (site_id, author_key, status);
  create index comment_fingerprint on comment (site_id, fingerprint, submitted_at);
  create index comment_sweep on comment (next_sweep_at) where status = 'received';
  create index comment_spam_retention on comment (moved_at) where status = 'spam';
  create index comment_network_retention on comment (submitted_at) where client_network is not null;`;

const COMMENT_EVENT = `
  create table comment_event (
    site_id uuid not null,
    comment_id uuid not null,
    version integer not null,
    seq bigint,
    action text not null,
    from_status text,
    to_status text not null,
    at timestamptz not null,
    actor_kind text not null,
    actor_id uuid,
    actor_name text,
    reason text,
    note text,
    constraint comment_event_pkey primary key (site_id, comment_id, version),
    constraint comment_event_comment_fk foreign key (site_id, comment_id)
      references comment (site_id, id) on delete cascade);
  create unique index comment_event_seq on comment_event (site_id, seq) where seq is not null;
  create index comment_event_decided on comment_event (site_id, at) where actor_kind = 'person';`;

const SITE_COUNTER = `
  create table site_counter (
    site_id uuid constraint site_counter_pkey primary key
      constraint site_counter_site_fk references site (id) on delete cascade,
    seq bigint not null default 0,
    pending integer not null default 0,
    spam integer not null default 0,
    approved integer not null default 0,
    published integer not null default 0,
    rejected integer not null default 0,
    deleted integer not null default 0);`;
