import { foldText } from './fold-text.js';

const NONE = { fancy: 0, invisible: 0, marked: 0, mixed: 0, spaced: 0 };

describe('foldText', () => {
  it.each([
    ['𝐒𝐋𝐎𝐓', 'SLOT', { fancy: 4 }],
    ['🅂🄻🄾🅃', 'SLOT', { fancy: 4 }],
    ['🆂🅻🅾🆃', 'SLOT', { fancy: 4 }],
    ['🅢🅛🅞🅣', 'SLOT', { fancy: 4 }],
    ['ｓｌｏｔ', 'slot', { fancy: 4 }],
    ['ꜱʟᴏᴛ', 'slot', { fancy: 4 }],
    ['🇸 🇱 🇴 🇹', 'SLOT', { fancy: 4, spaced: 1 }],
    ['BTV❶❻❽', 'BTV168', { fancy: 3 }],
    ['7️⃣7️⃣', '77', { fancy: 2, invisible: 2 }],
    ['c\u0332a\u0332s\u0332h', 'cash', { marked: 3 }],
    ['░P░U░L░A░U', '░PULAU', { spaced: 1 }],
    ['кaзинo', 'казино', { mixed: 1 }],
    ['🇸🇱🇴🇹', 'SLOT', { fancy: 4 }],
    ['s\u200blo\u2060t', 'slot', { invisible: 2 }],
    ['саsіnо', 'casino', { mixed: 1 }],
    ['P U L A U W I N', 'PULAUWIN', { spaced: 1 }],
    ['c-a-s-i-n-o', 'casino', { spaced: 1 }],
  ])('takes the disguise off %j', (text, folded, worn) => {
    expect(foldText(text)).toEqual({ text: folded, disguises: { ...NONE, ...worn } });
  });

  it.each([
    ['Käse und Café', 'Kase und Cafe'],
    ['Привет, ёлка', 'Привет, ёлка'],
    ['и\u0306', 'й'],
    ['Ελληνικά', 'Ελληνικά'],
    ['一路顺风', '一路顺风'],
    ['좋은 글', '좋은 글'],
    ['สวัสดี', 'สวัสดี'],
    ['go 🇩🇪!', 'go  !'],
    ['🇳🇱🇳🇱🇳🇱', ' '],
    ['🤦🏽\u200d♂\ufe0f ❤\ufe0f', '🤦🏽♂ ❤'],
    ['می\u200cخواهم', 'میخواهم'],
    ['a b c', 'a b c'],
    ['1.2.3.4.5', '1.2.3.4.5'],
    ['10-11-12', '10-11-12'],
    ['Plain text, no more.', 'Plain text, no more.'],
  ])('sees no disguise in %j', (text, folded) => {
    expect(foldText(text)).toEqual({ text: folded, disguises: NONE });
  });
});
