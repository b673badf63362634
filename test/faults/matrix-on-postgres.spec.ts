import { faultMatrix } from './rows/matrix.js';

describe('the service under faults, queue on PostgreSQL', () => {
  faultMatrix('postgres');
});
