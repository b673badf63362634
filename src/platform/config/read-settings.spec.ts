import { listVariables, readSettings, SettingsFault, variableName } from './read-settings.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
  return [];
}

describe('readSettings', () => {
  it('takes every default from an empty environment', () => {
    const settings = readSettings({});
    expect(settings.port).toBe(3000);
    expect(settings.host).toBe('127.0.0.1');
    expect(settings.submit.limitPerMinute).toBe(20);
    expect(settings.database.migrateAtStart).toBe(true);
  });

  it('takes an empty variable as one that is not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '' }).port).toBe(3000);
  });

  it('reads numbers, switches and words, and the white space around them away', () => {
    const settings = readSettings({ PORT: ' 8080 ', DATABASE_MIGRATE_AT_START: 'false', ROLE: ' worker ' });
    expect(settings.port).toBe(8080);
    expect(settings.database.migrateAtStart).toBe(false);
    expect(settings.role).toBe('worker');
  });

  it('names every fault at once, each with its variable', () => {
    const faults = faultsOf({
      PORT: '70000',
      ROLE: 'king',
      REDIS_URL: 'http://cache',
      SCREENING_CONCURRENCY: 'many',
      DATABASE_MIGRATE_AT_START: 'yes',
      LOG_LEVEL: 'loud',
    });
    const variables = faults.map((fault) => fault.split(' ')[0]).sort();
    expect(variables).toEqual([
      'DATABASE_MIGRATE_AT_START',
      'LOG_LEVEL',
      'PORT',
      'REDIS_URL',
      'ROLE',
      'SCREENING_CONCURRENCY',
    ]);
    for (const fault of faults) expect(fault).toMatch(/^[A-Z_]+ .+[^.]\.$/);
  });

  it.each([
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '1e3'],
    ['PORT', '0x10'],
    ['DATABASE_URL', 'mysql://localhost/winnow'],
    ['REDIS_URL', 'redis://a,b'],
    ['SECRET_KEY', 'too short'],
    ['ADMIN_PASSWORD', 'seven77'],
    ['PUBLIC_URL', 'https://comments.example/path'],
    ['SCREENING_JOB_SIZE', '501'],
    ['RETENTION_SPAM_DAYS', '0'],
  ])('refuses %s=%s', (name, value) => {
    expect(faultsOf({ [name]: value })).toHaveLength(1);
  });

  it.each([
    ['REDIS_URL', 'redis://a:6379,redis://b:6379'],
    ['REDIS_URL', 'rediss://user:word@cache.example:6380'],
    ['DATABASE_URL', 'postgresql://winnow@/winnow?host=%2Frun%2Fpostgresql'],
    ['PUBLIC_URL', 'https://comments.example/'],
    ['SUBMIT_LIMIT_PER_MINUTE', '0'],
    ['TRUST_PROXY', '10.0.0.0/8, 127.0.0.1'],
  ])('takes %s=%s', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([]);
  });

  // Node runs a timer of more than 2^31 - 1 ms after 1 ms; a date beyond 8.64e15 ms is no date.
  it.each([
    ['SCREENING_SWEEP_EVERY_SECONDS', '3000000'],
    ['SCREENING_SWEEP_AFTER_SECONDS', '99999999999999'],
    ['RETENTION_SPAM_DAYS', '1000000000'],
    ['RETENTION_IP_DAYS', '1000000000'],
  ])('refuses %s=%s, which no timer or date can hold', (name, value) => {
    expect(faultsOf({ [name]: value })).toHaveLength(1);
  });

  it('refuses a TRUST_PROXY that is no address, which would end the start without a sentence', () => {
    expect(faultsOf({ TRUST_PROXY: 'yes please' })).toHaveLength(1);
  });

  it('never repeats a secret in a fault', () => {
    expect(faultsOf({ SECRET_KEY: 'hunter2', ADMIN_PASSWORD: 'hunter2' }).join(' ')).not.toContain('hunter2');
  });

  it('gives an object that nobody can change', () => {
    const settings = readSettings({});
    expect(Object.isFrozen(settings)).toBe(true);
    expect(() => {
      settings.screening.concurrency = 99;
    }).toThrow(TypeError);
  });

  it('gives each caller settings of its own', () => {
    expect(readSettings({ SCREENING_CONCURRENCY: '7' }).screening.concurrency).toBe(7);
    expect(readSettings({}).screening.concurrency).toBe(16);
  });
});

describe('the names of the variables', () => {
  it.each([
    [['port'], 'PORT'],
    [['screening', 'concurrency'], 'SCREENING_CONCURRENCY'],
    [['screening', 'sweepAfterSeconds'], 'SCREENING_SWEEP_AFTER_SECONDS'],
    [['database', 'url'], 'DATABASE_URL'],
  ])('%j is %s', (path, name) => {
    expect(variableName(path)).toBe(name);
  });

  it('are all different', () => {
    const names = listVariables().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(['PORT', 'HOST', 'PUBLIC_URL', 'DATABASE_URL', 'REDIS_URL', 'ROLE', 'DATA_DIR', 'SECRET_KEY', 'ADMIN_EMAIL'])(
    'hold %s, which the contract promises',
    (name) => {
      expect(listVariables().map((variable) => variable.name)).toContain(name);
    },
  );
});
