import type { RunningService } from './start.js';

/** What a person who has just started the service needs to know: one line for each thing and where it is. */
export function describeStart({ url, workerUrl, connected, operator, madeDemoSite }: RunningService): string[] {
  const { platform, embedded, notices } = connected;
  const { settings, address, queue } = platform;
  const database = embedded
    ? `embedded PostgreSQL ${embedded.version} in ${embedded.dataDirectory}${embedded.owned ? '' : ' (run by another process)'}`
    : 'PostgreSQL of DATABASE_URL';
  const lines = [
    `Database   ${database}`,
    `Queue      BullMQ on ${queue.kind === 'redis' ? 'the Redis of REDIS_URL' : 'the same PostgreSQL'}`,
    `Role       ${settings.role}`,
    ...notices.map((notice) => `Note       ${notice}`),
  ];
  if (workerUrl !== null) lines.push(`Watched    ${workerUrl}/health/ready and ${workerUrl}/metrics`);
  if (url === null) return [...lines, 'Winnow is screening comments. Ctrl-C stops it.'];
  lines.push(`Listening  ${url}, reached as ${address.url}`);
  if (madeDemoSite) lines.push('Site       made "demo" to try things out');
  lines.push(`Demo       ${address.url}/demo`);
  lines.push(`Desk       ${address.url}/desk`);
  lines.push(`Feed       ${address.url}/v1/sites/demo/articles/%2Fdemo/comments`);
  if (operator?.madePassword) {
    lines.push(`Sign in    ${operator.email} with the password ${operator.madePassword} (shown this once; keep it)`);
  } else if (operator) lines.push(`Sign in    ${operator.email} with the password of ADMIN_PASSWORD`);
  return [...lines, 'Winnow is ready. Ctrl-C stops it.'];
}
