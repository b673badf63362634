import type { Check } from '../check.js';

/**
 * BBCode belongs to forums: under an article only a program that posts to every form alike writes it, so it is held
 * without any other reason. HTML is written by people too, who remember that a blog once took it.
 */
const DEFAULTS = { bbcode: 3.4, html: 1.8 };

const BBCODE_LINK = /\[(?:url\]|(?:url|link)=)/i;
const HTML_LINK = /<a\s[^<>]*href/i;

/** Recognises links written as BBCode or HTML. */
export function linkMarkup(options: Partial<typeof DEFAULTS> = {}): Check {
  const { bbcode, html } = { ...DEFAULTS, ...options };
  return ({ comment: { body } }) => [
    ...(BBCODE_LINK.test(body)
      ? [{ name: 'bbcode-link', weight: bbcode, why: 'a link is written in forum code ([url]), as programs do' }]
      : []),
    ...(HTML_LINK.test(body) ? [{ name: 'html-link', weight: html, why: 'a link is written in HTML (<a href>)' }] : []),
  ];
}
