import { describeOnRedis } from '../support/gates.js';
import { faultMatrix } from './rows/matrix.js';

describeOnRedis('the service under faults, queue on Redis', () => {
  faultMatrix('redis');
});
