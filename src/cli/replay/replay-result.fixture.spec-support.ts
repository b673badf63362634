import type { ReplayResult, Tally } from './replay-result.js';

export const NONE: Tally = { sent: 0, refused: 0, statuses: {} };

export const RESULT: ReplayResult = {
  run: '0badcafe',
  url: 'http://localhost:3000',
  site: 'demo',
  files: [{ path: 'a.jsonl', article: 'replay-a', comments: 30 }],
  statusesFrom: 'moderation',
  labels: {
    spam: { sent: 21, refused: 1, statuses: { spam: 15, pending: 4, published: 1 } },
    ham: { sent: 9, refused: 0, statuses: { published: 6, pending: 2, spam: 1 } },
    unlabelled: NONE,
  },
  notSent: 0,
  refusals: { 'invalid-body': 1 },
  malformed: [],
  cut: 0,
  madeUpEmails: 0,
  times: { reading: 12, sending: 1000, screening: 500, submissionP50: 11.6, submissionP99: 40 },
  troubles: [],
};
