import { parseEnv } from 'node:util';
import { listVariables, readSettings } from '../../src/platform/config/read-settings.js';
import { House, readHouse } from './house.js';
import { rules } from './rules.js';
import { describeLengths } from './rules/lengths.js';
import { readSettingsSource } from './rules/settings.js';

// One spec file on purpose: Jest loads the TypeScript parser anew for each, which costs half a second.
const house = readHouse();

afterAll(() => {
  process.stdout.write(`${describeLengths(house).join('\n')}\n`);
});

describe('the house', () => {
  it.each(rules)('$title', ({ check }) => {
    expect(check(house)).toEqual([]);
  });
});

describe.each(rules)('the rule that the house $title', ({ check, breaches }) => {
  it.each(breaches)('finds $of', ({ texts, fault }) => {
    expect(check(new House(texts))).toContain(fault);
  });
});

describe('.env.example', () => {
  const example = house.file('.env.example')?.text ?? '';

  it('is read by Node as the defaults', () => {
    const defaults = listVariables().map(({ name, default: value }) => [name, String(value)]);
    expect(parseEnv(example)).toEqual(Object.fromEntries(defaults));
    expect(readSettings(parseEnv(example))).toEqual(readSettings({}));
  });

  it('is compared with what settings.ts really lists', () => {
    const inSource = readSettingsSource(house).map(({ name, value }) => ({ name, value }));
    expect(inSource).toEqual(listVariables().map(({ name, default: value }) => ({ name, value: String(value) })));
  });
});
