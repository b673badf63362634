// Asks the process in this container whether it is ready; exit code 0 or 1, for HEALTHCHECK. No curl in the image.
import { get } from 'node:http';

const { ROLE = 'all', PORT = '3000', WORKER_PORT = '0' } = process.env;
const port = ROLE === 'worker' ? WORKER_PORT : PORT;

get({ host: '127.0.0.1', port, path: '/health/ready', timeout: 2_500 }, ({ statusCode }) => {
  process.exit(statusCode === 200 ? 0 : 1);
})
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
