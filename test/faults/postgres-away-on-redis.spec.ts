import { faultRows } from './rows/fault-rows.js';
import { postgresRows } from './rows/postgres-away.js';

faultRows('the service whose PostgreSQL is away', 'redis', postgresRows);
