import { CommandFault } from '../command-fault.js';
import { readPersonTask } from './person-options.js';

describe('winnow person', () => {
  it.each([
    [['export', 'ada@x.example'], { kind: 'export', email: 'ada@x.example', site: null }],
    [['erase', 'ada@x.example', '--site', 'blog'], { kind: 'erase', email: 'ada@x.example', site: 'blog' }],
  ])('%j is %j', (args, task) => {
    expect(readPersonTask(args)).toEqual(task);
  });

  it.each([
    [[], 'Say what'],
    [['forget', 'ada@x.example'], '"winnow person forget" is not known'],
    [['erase'], 'Name the e-mail address'],
    [['erase', 'ada@x.example', 'bob@x.example'], '"bob@x.example" is too much'],
    [['erase', 'ada@x.example', '--all'], "Unknown option '--all'"],
  ])('%j is a wrong command line', (args, sentence) => {
    const read = (): unknown => readPersonTask(args);
    expect(read).toThrow(CommandFault);
    expect(read).toThrow(sentence);
  });
});
