import { faultRows } from './rows/fault-rows.js';
import { processRows } from './rows/processes.js';

faultRows('the service whose processes are killed', 'redis', processRows);
