/*
 * Requests whose end two readers may see in different places. Behind each stands a second request, which must not be
 * taken for one: it would leave a comment.
 */

export interface SmuggledRequest {
  readonly name: string;
  readonly bytes: string;
}

/** Where the hidden request would leave its comment. */
export const SMUGGLED_ARTICLE = 'smuggled';

const HIDDEN_BODY = 'name=Smuggler&email=smuggler%40example.org&body=This+was+hidden+behind+another+request.';
const HIDDEN =
  `POST /v1/sites/demo/articles/${SMUGGLED_ARTICLE}/comments HTTP/1.1\r\nHost: comments.example\r\n` +
  `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${HIDDEN_BODY.length}\r\n\r\n${HIDDEN_BODY}`;

function post(headers: string, body = `0\r\n\r\n${HIDDEN}`): string {
  return `POST /v1/session HTTP/1.1\r\nHost: comments.example\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;
}

export const SMUGGLED: readonly SmuggledRequest[] = [
  { name: 'a length and chunks', bytes: post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n') },
  { name: 'chunks and a length', bytes: post('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n') },
  { name: 'two lengths', bytes: post('Content-Length: 5\r\nContent-Length: 0\r\n') },
  { name: 'the same length twice', bytes: post('Content-Length: 5\r\nContent-Length: 5\r\n') },
  { name: 'a list of lengths', bytes: post('Content-Length: 5, 5\r\n') },
  { name: 'a length with a sign', bytes: post('Content-Length: +5\r\n') },
  { name: 'a length below zero', bytes: post('Content-Length: -5\r\n') },
  { name: 'a length in other digits', bytes: post('Content-Length: 0x5\r\n') },
  { name: 'a header folded over two lines', bytes: post('Transfer-Encoding:\r\n chunked\r\n') },
  { name: 'a folded header before a length', bytes: post('X-Ignored: a\r\n Content-Length: 5\r\n') },
  { name: 'lines that end without CR', bytes: post('Transfer-Encoding: chunked\n') },
  { name: 'a CR in the middle of a value', bytes: post('X-Ignored: a\rTransfer-Encoding: chunked\r\n') },
  { name: 'a space before the colon', bytes: post('Transfer-Encoding : chunked\r\n') },
  { name: 'a tab before the colon', bytes: post('Content-Length\t: 5\r\n') },
  { name: 'chunks, then identity', bytes: post('Transfer-Encoding: chunked, identity\r\n') },
  { name: 'chunks under another name', bytes: post('Transfer-Encoding: xchunked\r\n') },
  { name: 'chunks with a byte before', bytes: post('Transfer-Encoding: \x0bchunked\r\n') },
  { name: 'chunks and something else, twice', bytes: post('Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n') },
  { name: 'a NUL in a header', bytes: post('X-Ignored: a\0b\r\nTransfer-Encoding: chunked\r\n') },
  { name: 'a header without a name', bytes: post(': chunked\r\nContent-Length: 5\r\n') },
  { name: 'a chunk of no length', bytes: post('Transfer-Encoding: chunked\r\n', `x\r\n\r\n0\r\n\r\n${HIDDEN}`) },
  { name: 'a chunk below zero', bytes: post('Transfer-Encoding: chunked\r\n', `-1\r\n\r\n0\r\n\r\n${HIDDEN}`) },
  {
    name: 'a chunk longer than numbers go',
    bytes: post('Transfer-Encoding: chunked\r\n', `fffffffffffffffff\r\n\r\n0\r\n\r\n${HIDDEN}`),
  },
  {
    name: 'a chunk that ends elsewhere',
    bytes: post('Transfer-Encoding: chunked\r\n', `1\r\n{}}\r\n0\r\n\r\n${HIDDEN}`),
  },
  {
    name: 'chunks that end without CR',
    bytes: post('Transfer-Encoding: chunked\r\n', `2\n{}\n0\n\n${HIDDEN}`),
  },
];
