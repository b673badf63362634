// Every signal that the checks give of themselves: what an owner may weigh otherwise. The signals of the owner's rules are
// not among them, because a rule wins whatever it weighs. `checks.spec.ts` compares this with the checks.

export const SIGNAL_NAMES = [
  ...(['blocked-word', 'honeypot', 'too-fast', 'no-proof', 'recent-copies'] as const),
  ...(['author-rate', 'network-rate'] as const),
  ...(['near-copies', 'copies-of-spam', 'confirmed-elsewhere'] as const),
  ...(['author-published', 'author-spam', 'network-spam', 'network-ham'] as const),
  ...(['name-link', 'name-phone', 'name-price', 'name-keyword'] as const),
  ...(['mixed-scripts', 'invisible-characters', 'soft-hyphens', 'bidi-override', 'bidi-controls'] as const),
  ...(['fancy-letters', 'fancy-name', 'bbcode-link', 'html-link', 'link-count', 'link-share'] as const),
  ...(['link-shortener', 'link-spam-here', 'link-spam-elsewhere', 'link-ham-here'] as const),
  ...(['messenger-contact', 'phone-number', 'shouting', 'exclamation-marks'] as const),
  ...(['spam-words', 'ham-words', 'unknown-words', 'worst-part', 'vouching-limit'] as const),
  ...(['text-links', 'text-contact', 'text-money', 'text-capitals', 'text-disguise', 'text-markup'] as const),
  ...(['text-length', 'text-signs', 'text-rest'] as const),
  ...(['site-trust', 'site-spam-words', 'site-ham-words', 'site-habits'] as const),
] as const;
