import { DefaultNamingStrategy } from 'typeorm';

/** `submittedAt` in TypeScript is `submitted_at` in SQL, everywhere and without a list. */
export class SnakeNames extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined, prefixes: string[]): string {
    if (customName) return customName;
    return [...prefixes, propertyName].join('_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
