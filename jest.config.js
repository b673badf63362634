// Native ES modules under Jest: SWC compiles each file to a module, and node runs with --experimental-vm-modules
// (see the test script). A `.ts` globalSetup would be compiled to CommonJS, so those are plain `.js` and read from dist/.
const shared = {
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/support/fixed-seed.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true, module: { type: 'es6' } }] },
};

const onPostgres = {
  testEnvironment: '<rootDir>/test/support/service-environment.js',
  globalSetup: '<rootDir>/test/support/start-servers.js',
  globalTeardown: '<rootDir>/test/support/stop-servers.js',
  setupFilesAfterEnv: ['<rootDir>/test/support/fixed-seed.ts', '<rootDir>/test/support/after-env.ts'],
};

export default {
  // Jest would leave one of two cores alone.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/longest-first.js',
  testTimeout: 20_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    { ...shared, displayName: 'house', testMatch: ['<rootDir>/test/house/**/*.spec.ts'] },
    { ...shared, ...onPostgres, displayName: 'medium', testMatch: ['<rootDir>/test/medium/**/*.spec.ts'] },
    { ...shared, ...onPostgres, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
    { ...shared, ...onPostgres, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
    { ...shared, ...onPostgres, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] },
    { ...shared, ...onPostgres, displayName: 'strain', testMatch: ['<rootDir>/test/strain/**/*.spec.ts'] },
    { ...shared, ...onPostgres, displayName: 'fuzz', testMatch: ['<rootDir>/test/fuzz/**/*.spec.ts'] },
  ],
};
