// The reasons why an address is refused, and the one kind sentence for each. The sentence says what to do, and holds at
// most one character of what was typed: it is shown, logged and stored where an address must not be.

const SENTENCES = {
  empty: 'There is no address yet; write it as name@example.org.',
  'too-long': 'The address is longer than mail can carry (254 bytes); check that nothing else was pasted with it.',
  'hidden-character': 'The address holds a character that cannot be seen; please type it again instead of pasting it.',
  'no-at': 'There is no @ in the address; write it as name@example.org.',
  'no-local': 'There is nothing before the @; write it as name@example.org.',
  'no-domain': 'There is nothing after the @; write it as name@example.org.',
  'display-name': 'Write only the address itself, as in name@example.org, without a name or the brackets < and >.',
  'quoted-local': 'Quotation marks are not supported in an address; write it without them, as in name@example.org.',
  comment: 'Round brackets are not supported in an address; leave out what is in them.',
  'domain-literal':
    'Write the name of the mail domain after the @, as in name@example.org, and no [address] in brackets.',
  'inner-space': 'There is a space or a line break inside the address; please take it out.',
  'several-at': 'There is more than one @ in the address; keep a single one, as in name@example.org.',
  'local-too-long': 'The part before the @ is too long; at most 64 bytes can be delivered.',
  'local-dots': 'Before the @, a dot has to stand between two other characters; take out the one too many.',
  'local-character': 'The part before the @ holds a character that an address cannot have; please check it.',
  'domain-too-long': 'The part after the @ is too long; at most 253 bytes can be delivered.',
  'domain-dots': 'After the @, every dot has to stand between two words, as in example.org; take out the one too many.',
  'domain-character': 'The part after the @ holds a character that a domain cannot have; please check it.',
  'no-top-level': 'The part after the @ has no ending; write the whole domain, as in example.org or example.com.',
  'top-level': 'The address has to end like a domain, as in .org or .com; please check what stands after the last dot.',
  'label-too-long': 'One word after the @ is longer than the 63 characters a domain allows; please check it.',
  'label-hyphen': 'A word after the @ has a hyphen where a domain cannot have one; please check the hyphens.',
  'invalid-idn': 'The part after the @ is not a valid international domain; please check its letters.',
} as const;

/** Why an address was refused. Stable: it may be stored and translated. */
export type EmailFault = keyof typeof SENTENCES;

/** What the format check answers when it refuses. */
export interface RefusedEmail {
  readonly ok: false;
  readonly fault: EmailFault;
  readonly why: string;
}

/** The refusal for `fault`, naming the offending character when there is one that can be seen. */
export function refuse(fault: EmailFault, character?: string): RefusedEmail {
  const why = SENTENCES[fault];
  return {
    ok: false,
    fault,
    why: character === undefined ? why : why.replace('a character that', () => `“${character}”, which`),
  };
}
