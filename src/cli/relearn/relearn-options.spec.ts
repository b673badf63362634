import { CommandFault } from '../command-fault.js';
import { readRelearnTask } from './relearn-options.js';

describe('winnow relearn', () => {
  it.each([
    [['blog'], { kind: 'site', key: 'blog' }],
    [['--all'], { kind: 'all' }],
  ])('%j is %j', (args, task) => {
    expect(readRelearnTask(args)).toEqual(task);
  });

  it.each([
    [[], 'Name the site'],
    [['blog', 'shop'], '"shop" is too much'],
    [['blog', '--all'], 'not both'],
    [['--some'], "Unknown option '--some'"],
  ])('%j is a wrong command line', (args, sentence) => {
    const read = (): unknown => readRelearnTask(args);
    expect(read).toThrow(CommandFault);
    expect(read).toThrow(sentence);
  });
});
