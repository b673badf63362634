import { makeLogger } from '../logging/logger.js';
import { QueueLogger } from './queue-logger.js';

function listen(): { log: QueueLogger; lines: string[] } {
  const lines: string[] = [];
  return { log: new QueueLogger(makeLogger('trace', { write: (line) => lines.push(line) })), lines };
}

describe('the troubles of the queue', () => {
  it('are told with their message', () => {
    const { log, lines } = listen();
    log.report(new Error('connect ECONNREFUSED 127.0.0.1:6379'));
    expect(lines.join()).toContain('ECONNREFUSED');
  });

  it('are told once, when one comes many times', () => {
    const { log, lines } = listen();
    for (let time = 0; time < 100; time++) log.report(new Error('away'));
    expect(lines).toHaveLength(1);
  });

  it('that a row causes are told without the message, which may quote the row', () => {
    const { log, lines } = listen();
    log.report(Object.assign(new Error('invalid input: "a private thought"'), { code: '22P02' }));
    expect(lines.join()).not.toContain('private');
    expect(lines.join()).toContain('22P02');
  });
});
