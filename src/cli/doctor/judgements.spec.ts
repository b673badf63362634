import type { RedisFacts } from '../../platform/queue/inspect-redis.js';
import { judgeBacklog } from './check-backlog.js';
import { checkClock } from './check-clock.js';
import { checkDisk } from './check-disk.js';
import { judgeRedis } from './check-queue.js';
import { checkNode, checkSettings } from './check-settings.js';
import { note, ok, wrong, type Finding } from './finding.js';
import { renderFindings } from './render-findings.js';

const states = (findings: readonly Finding[]): string[] => findings.map(({ state }) => state);

describe('the doctor, about Node', () => {
  it.each([
    ['v20.19.0', 'ok'],
    ['v20.18.3', 'wrong'],
    ['v18.20.0', 'wrong'],
    ['v22.0.0', 'ok'],
    ['v24.11.1', 'ok'],
  ])('finds %s %s', (version, state) => {
    expect(checkNode(version).state).toBe(state);
  });
});

describe('the doctor, about settings', () => {
  it('names every fault', () => {
    const { settings, findings } = checkSettings({ PORT: 'x', ROLE: 'y', REDIS_URL: 'z' });
    expect(settings).toBeNull();
    expect(states(findings)).toEqual(['wrong', 'wrong', 'wrong']);
    expect(findings.map(({ says }) => says.split(' ')[0]).sort()).toEqual(['PORT', 'REDIS_URL', 'ROLE']);
  });

  it.each([
    ['finds nothing to say', {}, 'ok'],
    ['finds nothing to say behind a proxy', { PUBLIC_URL: 'https://a.example', TRUST_PROXY: 'loopback' }, 'ok'],
    ['asks for PUBLIC_URL when it is open to the network', { HOST: '0.0.0.0' }, 'note'],
    ['warns of passwords in the clear', { PUBLIC_URL: 'http://a.example' }, 'note'],
    ['asks for TRUST_PROXY under https', { PUBLIC_URL: 'https://a.example' }, 'note'],
    ['warns of trusting everybody', { TRUST_PROXY: 'all' }, 'note'],
  ])('%s', (_, environment, state) => {
    const { findings } = checkSettings(environment);
    expect(findings.filter(({ area }) => area === 'address').map((finding) => finding.state)).toEqual([state]);
  });
});

describe('the doctor, about clocks', () => {
  it.each([
    [0, 'ok'],
    [1_000, 'ok'],
    [-1_500, 'note'],
    [5_000, 'note'],
    [-5_001, 'wrong'],
  ])('finds %i ms apart %s', (apartMs, state) => {
    expect(checkClock('the database', 1_700_000_000_000 + apartMs, 1_700_000_000_000).state).toBe(state);
  });
});

describe('the doctor, about Redis', () => {
  const facts: RedisFacts = {
    version: '7.4.1',
    evictionPolicy: 'noeviction',
    hasAppendOnlyFile: true,
    usedBytes: 10,
    mostBytes: 0,
    timeMs: 0,
    answerMs: 1,
  };

  it.each([
    ['all as it should be', {}, ['ok']],
    ['an old one', { version: '6.0.16' }, ['wrong']],
    ['one that throws jobs away', { evictionPolicy: 'allkeys-lru' }, ['ok', 'wrong']],
    ['one without an append-only file', { hasAppendOnlyFile: false }, ['ok', 'note']],
    ['one that is nearly full', { usedBytes: 81, mostBytes: 100 }, ['ok', 'note']],
  ])('judges %s', (_, more, expected) => {
    expect(states(judgeRedis({ ...facts, ...more }))).toEqual(expected);
  });
});

describe('the doctor, about what waits', () => {
  it.each([
    ['nothing', { received: 0, oldestSeconds: 0, sweepLateSeconds: 0 }, 'ok'],
    ['a moment', { received: 5, oldestSeconds: 2, sweepLateSeconds: 0 }, 'ok'],
    ['a while', { received: 5, oldestSeconds: 60, sweepLateSeconds: 0 }, 'note'],
    ['far too long', { received: 5, oldestSeconds: 301, sweepLateSeconds: 0 }, 'wrong'],
    ['with nobody sweeping', { received: 5, oldestSeconds: 200, sweepLateSeconds: 121 }, 'wrong'],
  ])('judges comments that wait %s', (_, backlog, state) => {
    expect(judgeBacklog(backlog).state).toBe(state);
  });
});

describe('the doctor, about the disk', () => {
  it('measures the folder', async () => {
    const [space] = await checkDisk(process.cwd());
    expect(space?.says).toMatch(/ has \d+ MiB free/);
  });

  it('says which folder it cannot see', async () => {
    expect(await checkDisk('/nowhere/at/all')).toEqual([
      expect.objectContaining({ state: 'wrong', says: expect.stringContaining('/nowhere/at/all') as string }),
    ]);
  });
});

describe('the findings', () => {
  it('are a line each, with what to do, and a sum', () => {
    const text = renderFindings([
      ok('node', 'Good.'),
      note('database', 'Hm.', 'Do it.'),
      wrong('queue', 'No.', 'Act.'),
    ]);
    expect(text).toBe(
      'ok     node      Good.\nnote   database  Hm. Do it.\nwrong  queue     No. Act.\n\nOne thing is wrong.\n',
    );
  });

  it.each([
    [[ok('node', 'a')], 'All is well.'],
    [[note('node', 'a', 'b')], 'Nothing is wrong; the notes say what could be better.'],
    [[wrong('node', 'a', 'b'), wrong('node', 'a', 'b')], '2 things are wrong.'],
  ])('end with how many are wrong', (findings, sum) => {
    expect(renderFindings(findings)).toContain(`\n${sum}\n`);
  });
});
