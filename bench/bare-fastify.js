// Fastify and nothing else, a process of its own: how fast this machine answers when nothing is stored or rendered.
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';

const app = Fastify();
app.get('/hello', () => 'hello world');
app.post('/v1/sites/:site/articles/:article/comments', (request, reply) => {
  reply.code(202).send({ id: randomUUID(), status: 'received', length: request.body.body.length });
});
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });

process.on('SIGTERM', () => process.exit());
process.on('disconnect', () => process.exit());
process.send({ isReady: true });
