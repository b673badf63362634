import 'reflect-metadata';
import { readBody } from '../platform/http/read-body.js';
import { SubmitCommentDto } from './submit-comment.dto.js';
import { formToBody } from './submit-form.js';

const FULL = {
  name: 'Ada',
  email: 'ada@analytical.org',
  url: 'https://analytical.org',
  body: 'Yes.',
  articleTitle: 'On Engines',
  redirect: 'https://blog.example/post',
};

describe('formToBody', () => {
  it('gives the body that JSON would have', () => {
    expect(formToBody(FULL)).toEqual({
      body: {
        author: { name: 'Ada', email: 'ada@analytical.org', url: 'https://analytical.org' },
        body: 'Yes.',
        articleTitle: 'On Engines',
      },
      redirect: 'https://blog.example/post',
    });
  });

  it('leaves empty fields out, as browsers send them all', () => {
    const { body, redirect } = formToBody({ ...FULL, url: '', articleTitle: '', parentId: '', redirect: '' });
    expect(body).toEqual({ author: { name: 'Ada', email: 'ada@analytical.org' }, body: 'Yes.' });
    expect(redirect).toBeNull();
  });

  it('ignores what is none of ours', () => {
    expect(formToBody({ ...FULL, submit: 'Send', status: 'approved', isOperator: 'true' })).toEqual(formToBody(FULL));
  });

  it.each([undefined, null, 'text', []])('makes an invalid body of %j, and no fault of ours', (form) => {
    const { body } = formToBody(form);
    expect(() => readBody(SubmitCommentDto, body)).toThrow('invalid-body');
  });

  it('takes the line ends of browsers as those of JSON', () => {
    const { body } = formToBody({ ...FULL, body: 'one\r\ntwo' });
    expect(readBody(SubmitCommentDto, body).body).toBe('one\ntwo');
  });
});
