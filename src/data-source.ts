import { DataSource } from 'typeorm';
import { readEnvironment } from './platform/config/environment.js';
import { readSettings } from './platform/config/read-settings.js';
import { dataSourceOptions } from './platform/database/data-source-options.js';
import { schema } from './schema.js';

const settings = readSettings(readEnvironment());

/** For the TypeORM command line: `npx typeorm migration:generate --check -d dist/data-source.js src/migrations/x`. */
export default new DataSource(dataSourceOptions(schema, settings.migration.databaseUrl || settings.database.url));
