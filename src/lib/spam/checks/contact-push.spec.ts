import { signalsOf } from '../evidence.fixture.spec-support.js';
import { contactPush } from './contact-push.js';

const reasonsFor = (body: string): readonly string[] => signalsOf(contactPush(), { body }).map(({ why }) => why);

describe('contactPush', () => {
  it.each([
    ['https://t.me/richquick', 't.me'],
    ['wa.me/15551234567', 'wa.me'],
    ['write to me on Telegram @rich_quick', 'Telegram'],
    ['WhatsApp 555 123 45678', 'WhatsApp'],
    ['пишите в телеграм @rich_quick', 'телеграм'],
  ])('names the messenger in %j', (body, messenger) => {
    expect(reasonsFor(body)[0]).toBe(`readers are asked into a private chat: “${messenger}”`);
  });

  it('quotes an international phone number', () => {
    expect(reasonsFor('call +1 (555) 123-4567 today')).toEqual(['a phone number is given: “+1 (555) 123-4567”']);
  });

  it.each([
    'I left WhatsApp years ago',
    'thanks @ada_byron',
    'order 20260101123456',
    '2 + 2 = 4',
    'on 2026-01-01 12:00',
  ])('is silent about %j', (body) => {
    expect(reasonsFor(body)).toEqual([]);
  });
});
