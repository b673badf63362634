import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { Problem } from './problem.js';
import { toProblem } from './problem.filter.js';

function withCode(code: string, message = 'something'): Error {
  return Object.assign(new Error(message), { code });
}

function queryFailed(code: string): QueryFailedError {
  return new QueryFailedError('select 1', [], withCode(code));
}

describe('toProblem', () => {
  it('keeps a Problem as it is', () => {
    const problem = new Problem('comment-not-found');
    expect(toProblem(problem)).toBe(problem);
  });

  it.each([
    [new NotFoundException(), 'not-found'],
    [new BadRequestException(), 'malformed-body'],
    [new HttpException('', 406), 'malformed-body'],
    [new HttpException('', 502), 'internal'],
    [withCode('FST_ERR_BAD_URL'), 'malformed-path'],
    [new URIError('URI malformed'), 'malformed-path'],
    [Object.assign(new Error(), { statusCode: 413, code: 'FST_ERR_CTP_BODY_TOO_LARGE' }), 'body-too-large'],
    [Object.assign(new Error(), { statusCode: 415 }), 'unsupported-media-type'],
    [Object.assign(new Error(), { statusCode: 414 }), 'uri-too-long'],
  ])('says of %s what it is', (thrown, code) => {
    expect(toProblem(thrown).code).toBe(code);
  });

  // "Not now": the client may try again, and a proxy may take the process out.
  it.each([
    ['no connection', '08006'],
    ['too many connections', '53300'],
    ['the disk is full', '53100'],
    ['ended by an administrator', '57P01'],
    ['still starting', '57P03'],
    ['a statement that took too long', '57014'],
    ['a lock that took too long', '55P03'],
    ['a deadlock', '40P01'],
    ['a server that only reads, as after a failover', '25006'],
    ['a transaction that was idle too long', '25P03'],
  ])('says 503 when PostgreSQL reports %s (%s)', (_, code) => {
    expect(toProblem(queryFailed(code)).code).toBe('unavailable');
  });

  it.each([
    ['nobody listens', withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432')],
    // `localhost` has two addresses, and Node then throws an AggregateError whose message is empty.
    ['nobody listens on either address', Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' })],
    ['the connection was cut', withCode('ECONNRESET', 'read ECONNRESET')],
    ['the connection was cut while writing', withCode('EPIPE', 'write EPIPE')],
    ['the network is away', withCode('EHOSTUNREACH', 'connect EHOSTUNREACH')],
    ['the name is not known for the moment', withCode('EAI_AGAIN', 'getaddrinfo EAI_AGAIN db')],
    ['the pool is full', new Error('timeout exceeded when trying to connect')],
    ['the connection ended', new Error('Connection terminated unexpectedly')],
    ['the connection broke before', new Error('Client has encountered a connection error and is not queryable')],
    ['a query got no answer', new Error('Query read timeout')],
    ['the connection broke in a transaction', new QueryRunnerAlreadyReleasedError()],
    ['the connection broke in a transaction, as its manager says it', new QueryRunnerProviderAlreadyReleasedError()],
    ['the socket is gone', withCode('ENOENT', 'connect ENOENT /tmp/.s.PGSQL.5432')],
  ])('says 503 when %s', (_, thrown) => {
    expect(toProblem(thrown).code).toBe('unavailable');
  });

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a broken constraint', queryFailed('23505')],
    ['a syntax error', queryFailed('42601')],
    ['a string', 'text'],
    ['nothing', undefined],
    ['null', null],
  ])('tells nothing about %s', (_, thrown) => {
    const problem = toProblem(thrown);
    expect(problem.code).toBe('internal');
    expect(problem.extras.detail).toBe('');
  });
});
