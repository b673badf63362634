import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'node_modules/', '.data-test*/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      // Nest modules are classes that hold only a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Numbers and booleans read well in a message, and `String(n)` around each does not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Entities and bodies are classes only because decorators need one: members and no methods, so a literal or a
      // copy of the members is as good as an instance. Nest's own options are such classes too.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': [
        'error',
        { allow: [{ from: 'file', name: ['DecisionDto', 'SiteSettingsDto', 'ThresholdsDto'] }] },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Written for browsers: their globals, and none of Node's.
    files: ['src/web/widget/**/*.ts'],
    languageOptions: { parserOptions: { project: './src/web/widget/tsconfig.json' } },
  },
  {
    // The desk's script: for browsers, with markup inside.
    files: ['src/web/desk-app/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './src/web/desk-app/tsconfig.json' } },
  },
  {
    files: ['src/web/islands/**/*.ts'],
    languageOptions: { parserOptions: { project: './src/web/islands/tsconfig.json' } },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // The algorithm is a `const enum` of a package: its members cannot be named in a module compiled on its own.
    files: ['src/accounts/password.ts'],
    rules: { '@typescript-eslint/no-unsafe-enum-assignment': 'off' },
  },
  {
    // `newId<SiteId>()`: which brand a fresh id bears is the caller's to say, and nothing else could say it.
    files: ['src/platform/ids.ts'],
    rules: { '@typescript-eslint/no-unnecessary-type-parameters': 'off' },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
      },
    },
  },
);
