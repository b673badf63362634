import { makeLogger } from './logger.js';
import { ServiceLog, type RequestLine } from './service-log.js';

const LINE: RequestLine = { requestId: 'r', method: 'POST', route: '/x', status: 200, ms: 1 };

function linesAt(level: string, write: (log: ServiceLog) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(new ServiceLog(makeLogger(level, { write: (line) => lines.push(line) })));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the service log', () => {
  it('tells of a change at info, and of a read at debug only', () => {
    const both = (log: ServiceLog): void => {
      log.request(true, () => LINE);
      log.request(false, () => ({ ...LINE, method: 'GET' }));
    };
    expect(linesAt('info', both)).toEqual([expect.objectContaining({ msg: 'request', method: 'POST' })]);
    expect(linesAt('debug', both)).toHaveLength(2);
  });

  it('describes nothing that is not written', () => {
    let described = 0;
    linesAt('error', (log) => {
      log.request(true, () => {
        described++;
        return LINE;
      });
    });
    expect(described).toBe(0);
  });

  it('tells of a verdict under the id of the request that brought the comment', () => {
    const line = { requestId: 'r', commentId: 'c', verdict: 'ham', to: 'pending', ms: 12 };
    expect(
      linesAt('info', (log) => {
        log.screened(line);
      }),
    ).toEqual([expect.objectContaining({ level: 'info', msg: 'screened', ...line })]);
  });
});
