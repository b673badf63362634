import type { Check } from '../check.js';
import { withTerms } from '../signal-terms.js';
import { quote } from '../wording.js';

/**
 * Drawing readers away into a private chat is how fraud begins; but people also give a hotline's number or name their
 * channel, so it is mild.
 */
const DEFAULTS = { messenger: 1.4, phone: 1 };

const MESSENGER_HOSTS = new Set(['t.me', 'telegram.me', 'wa.me', 'api.whatsapp.com', 'chat.whatsapp.com', 'line.me']);
const MESSENGER = /whats ?app|telegram|wechat|viber|телеграм|ватсап|вайбер/iu;
const ADDRESS = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_.]{4,}|\d(?:[ ().-]?\d){7,}/u;
// International notation only: a row of bare digits may as well be an order number or a date.
const PHONE = /(?<![\p{L}\p{N}.,:/+-])\+\d(?:[ ().-]{0,2}\d){8,14}(?!\d)/u;

/** Recognises messenger links, messenger addresses and international phone numbers in the comment. */
export function contactPush(options: Partial<typeof DEFAULTS> = {}): Check {
  const { messenger, phone } = { ...DEFAULTS, ...options };
  return (_evidence, { links, text, finder }) => {
    const host = links.find((link) => MESSENGER_HOSTS.has(link.host))?.host;
    const word = host ?? (ADDRESS.test(text) ? MESSENGER.exec(text)?.[0] : undefined);
    const number = PHONE.exec(text)?.[0];
    return [
      ...(word === undefined
        ? []
        : [
            {
              name: 'messenger-contact',
              weight: messenger,
              why: `readers are asked into a private chat: ${quote(word)}`,
              ...withTerms([finder.find(word)]),
            },
          ]),
      ...(number === undefined
        ? []
        : [
            {
              name: 'phone-number',
              weight: phone,
              why: `a phone number is given: ${quote(number)}`,
              ...withTerms([finder.find(number)]),
            },
          ]),
    ];
  };
}
