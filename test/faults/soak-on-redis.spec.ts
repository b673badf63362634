import { faultRows } from './rows/fault-rows.js';
import { SOAK_STAGE, soakRow } from './rows/soak.js';

faultRows('a service that has one fault after another', 'redis', soakRow, SOAK_STAGE);
