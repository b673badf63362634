import { parseLockFile } from './running-server.js';

describe('parseLockFile', () => {
  it('reads the process and the socket folder', () => {
    const text = '4711\n/data/cluster-18\n1763836800\n5432\n/data/run\n\n  4915201     32768\nready   \n';
    expect(parseLockFile(text)).toEqual({ pid: 4711, socketFolder: '/data/run' });
  });

  it('reads a file whose server has not made its socket', () => {
    expect(parseLockFile('4711\n/data/cluster-18\n1763836800\n5432\n')).toEqual({ pid: 4711, socketFolder: '' });
  });

  it.each(['', '\n', 'nonsense\n', '0\n', '-4711\n'])('sees no server in %j', (text) => {
    expect(parseLockFile(text)).toBeUndefined();
  });
});
