import type { Check } from '../check.js';
import { fold, spellings } from '../folding.js';
import { separateLinks, type Link } from '../links.js';
import type { Signal } from '../verdict.js';
import { quote } from '../wording.js';

/**
 * The name is what a site shows as the text of the author's link, so link sellers sign with the words they want to be
 * found under. A link, a phone number or two such words are nobody's name and are held; one word may be a nickname.
 */
const DEFAULTS = { link: 3.2, phone: 3.2, price: 2, word: 2.2, words: 3.2, sameAsUrl: 1.2 };

// Short on purpose, and each word is an advert wherever it stands in a name.
const ADVERTS = new Set(
  `backlink backlinks betting bitcoin casino casinos cialis coupon coupons discount ecommerce escort escorts essays
  forex gacor gambling hosting insurance judi jackpot kredit loans mortgage payday pharmacy pills plumber poker porn
  replica seo slots sportsbook togel viagra vpn xxx казино кредит займ ставки порно kaufen comprar acheter préstamos`.split(
    /\s+/,
  ),
);
// Some are family or given names as well (Chris Sale, Loan Nguyen, George Best): they count beside another only.
const HELPERS = new Set(
  `agency best bet buy cash cheap company credit deals download essay free loan marketing money online pill price
  repair review reviews sale service services shop slot software store bonus crypto купить онлайн`.split(/\s+/),
);

// A handle such as @270401100 is a number, but nobody can ring it.
const PHONE = /(?<![\p{L}\p{N}_@])\+?\d(?:[ ().-]{0,2}\d){7,14}(?!\d)/u;
const PRICE = /[$€£₽]\s?\d|\d\s?(?:[$€£₽]|usd|eur)/iu;
const WORD = /\p{L}[\p{L}\p{M}]*/gu;
const NOT_LETTER = /[^\p{L}\p{M}]+/gu;

/** Recognises an author's name that is an advert. */
export function nameKeyword(options: Partial<typeof DEFAULTS> = {}): Check {
  const weights = { ...DEFAULTS, ...options };
  return ({ comment: { authorName } }, { authorLink }) => {
    const link = separateLinks(authorName).links[0];
    const phone = PHONE.exec(authorName)?.[0];
    const price = PRICE.exec(authorName)?.[0];
    return [
      ...(link === undefined
        ? []
        : [{ name: 'name-link', weight: weights.link, why: `the author’s name is a link: ${quote(link.url)}` }]),
      ...(phone === undefined
        ? []
        : [{ name: 'name-phone', weight: weights.phone, why: `a phone number as name: ${quote(phone)}` }]),
      ...(price === undefined
        ? []
        : [{ name: 'name-price', weight: weights.price, why: `a price in the author’s name: ${quote(price)}` }]),
      ...advertisedWords(authorName, authorLink, weights),
    ];
  };
}

function advertisedWords(name: string, link: Link | null, weights: typeof DEFAULTS): readonly Signal[] {
  const folded = fold(name);
  const words = new Set(spellings(folded).flatMap((spelling) => spelling.match(WORD) ?? []));
  const adverts = [...words].filter((word) => ADVERTS.has(word));
  const helpers = [...words].filter((word) => HELPERS.has(word));
  const amount = adverts.length + helpers.length;
  if (amount < 2 && adverts.length === 0) return [];
  // "Jane Doe" at janedoe.com is a person; "Best Loans" at best-loans.com is a shop.
  const isSameAsUrl = link?.host.replace(NOT_LETTER, '').includes(folded.replace(NOT_LETTER, '')) ?? false;
  const weight = (amount > 1 ? weights.words : weights.word) + (isSameAsUrl ? weights.sameAsUrl : 0);
  const linked = isSameAsUrl ? ', and so does its URL' : '';
  return [{ name: 'name-keyword', weight, why: `the author’s name advertises: ${quote(name)}${linked}` }];
}
