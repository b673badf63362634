import { faultRows } from './rows/fault-rows.js';
import { redisRows } from './rows/redis-away.js';

faultRows('the service whose Redis is away', 'redis', redisRows);
