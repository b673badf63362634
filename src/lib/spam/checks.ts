// THE order of screening. Every check has its say, so the order decides nothing but how equal signals are listed.
import type { Check } from './check.js';
import { authorHistory } from './checks/author-history.js';
import { bidiControls } from './checks/bidi-controls.js';
import { blockedWords } from './checks/blocked-words.js';
import { confirmedElsewhere } from './checks/confirmed-elsewhere.js';
import { contactPush } from './checks/contact-push.js';
import { content } from './checks/content.js';
import { fancyLetters } from './checks/fancy-letters.js';
import { honeypot } from './checks/honeypot.js';
import { invisibleCharacters } from './checks/invisible-characters.js';
import { linkCount } from './checks/link-count.js';
import { linkMarkup } from './checks/link-markup.js';
import { linkReputation } from './checks/link-reputation.js';
import { linkShare } from './checks/link-share.js';
import { linkShortener } from './checks/link-shortener.js';
import { mixedScripts } from './checks/mixed-scripts.js';
import { nameKeyword } from './checks/name-keyword.js';
import { networkHistory } from './checks/network-history.js';
import { nearCopies } from './checks/near-copies.js';
import { noProof } from './checks/no-proof.js';
import { recentCopies } from './checks/recent-copies.js';
import { shouting } from './checks/shouting.js';
import { siteRules } from './checks/site-rules.js';
import { submissionRate } from './checks/submission-rate.js';
import { tooFast } from './checks/too-fast.js';

export const checks: readonly Check[] = [
  // What the owner has said comes before anything we believe about spam.
  siteRules(),
  blockedWords(),

  // How the comment came: facts that no choice of words can change.
  honeypot(),
  tooFast(),
  noProof(),
  recentCopies(),
  submissionRate(),
  nearCopies(),
  confirmedElsewhere(),

  // Who sent it, as far as an address that anybody can type tells, and from where.
  authorHistory(),
  networkHistory(),
  nameKeyword(),

  // Disguise. It has no honest use, whatever is said under it, so it counts in every language.
  mixedScripts(),
  invisibleCharacters(),
  bidiControls(),
  fancyLetters(),

  // What its words and its build say. It stands after the facts and the disguises, which it cannot learn from a text
  // alone, and before the habits below, which are of kinds that it was shown too few examples of.
  content(),

  // Where the comment wants its readers to go.
  linkMarkup(),
  linkCount(),
  linkShare(),
  linkShortener(),
  linkReputation(),
  contactPush(),

  // Manners: weak signs that only tip a balance.
  shouting(),
];
