import type { Check } from '../check.js';
import { withTerms } from '../signal-terms.js';
import { quote } from '../wording.js';

/**
 * Letters that mathematicians and emoji lend ("𝐒𝐋𝐎𝐓", "🅂🄻🄾🅃") are read by people and not by filters. A few honest
 * people adorn their words with them, and many their names, which therefore weigh little.
 */
const DEFAULTS = { body: 3.3, name: 0.8 };

const MATHEMATICAL = String.raw`\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2134\u{1d400}-\u{1d7ff}`;
const ENCLOSED = String.raw`\u249c-\u24e9\u{1f110}-\u{1f189}`;
const SMALL_CAPITAL = 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ';
const FULLWIDTH = String.raw`\uff10-\uff19\uff21-\uff3a\uff41-\uff5a`;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
// Three or more, at most one space apart: "let 𝑥 ∈ ℝ" and a blood group 🅰️ are none.
const BORROWED = row(MATHEMATICAL + ENCLOSED + SMALL_CAPITAL);
// Fullwidth letters are ordinary Japanese and Chinese typing.
const BORROWED_OR_WIDE = row(MATHEMATICAL + ENCLOSED + SMALL_CAPITAL + FULLWIDTH);
// Two regional indicators in a row are a flag; letters spelled with them stand alone.
const LONE_INDICATOR = /(?<!\p{RI})\p{RI}(?!\p{RI})/gu;

/** Recognises words set in letters from the mathematical, enclosed, small-capital and fullwidth blocks. */
export function fancyLetters(options: Partial<typeof DEFAULTS> = {}): Check {
  const { body, name } = { ...DEFAULTS, ...options };
  return ({ comment }, { isAscii }) => {
    if (isAscii) return [];
    const inBody = findFancy(comment.body);
    if (inBody !== null) {
      return [
        {
          name: 'fancy-letters',
          weight: body,
          why: `ornamental letters instead of plain ones: ${quote(inBody)}`,
          ...withTerms([comment.body.includes(inBody) ? inBody : null]),
        },
      ];
    }
    const inName = findFancy(comment.authorName);
    if (inName === null) return [];
    return [{ name: 'fancy-name', weight: name, why: `ornamental letters in the author’s name: ${quote(inName)}` }];
  };
}

function findFancy(text: string): string | null {
  const found = (EAST_ASIAN.test(text) ? BORROWED : BORROWED_OR_WIDE).exec(text);
  if (found !== null) return found[0];
  const indicators = text.match(LONE_INDICATOR) ?? [];
  return indicators.length >= 3 ? indicators.join(' ') : null;
}

function row(letters: string): RegExp {
  return new RegExp(`[${letters}](?: ?[${letters}]){2,}`, 'u');
}
