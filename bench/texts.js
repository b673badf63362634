// Comments as readers write them, made by a seeded generator: no two alike, most of them ham, some spam, some in other
// languages. The same seed gives the same comments. No corpus of real people's words is needed, so none is kept here.

const ARTICLES = 200;
const AUTHORS = 20_000;
/** Of a thousand comments. */
const SPAM = 120;
const OTHER_LANGUAGE = 150;
const WITH_LINK = 80;

const FIRST =
  'Ada Ben Carla Deniz Elif Femi Greta Hugo Ines Jonas Kofi Lena Mario Nora Omar Petra Quinn Rosa Sven Tara Ulla Viktor Wanda Yusuf Zoe'.split(
    ' ',
  );
const LAST =
  'Adler Brandt Costa Dubois Eriksen Fuchs Garcia Hansen Ivanova Jansen Keller Lopez Meyer Novak Okafor Pereira Quint Rossi Schmid Tanaka Urban Varga Weber Yilmaz Zimmer'.split(
    ' ',
  );
// Most readers have an address with one of a few providers, which the typo check knows; the rest cost it more. Nothing
// here sends mail.
const HOSTS = 'gmail.com outlook.com example.org gmail.com gmx.de example.net yahoo.com post.example.net'.split(' ');
const THINGS =
  'bicycle lock;sourdough starter;compost heap;mechanical keyboard;public library;night train;heat pump;rain barrel;fountain pen;tomato seedling;railway timetable;map projection;window frame;coffee grinder;radio drama;stone wall'.split(
    ';',
  );
const PLACES = 'Ghent Oslo Porto Leipzig Gdansk Turin Basel Cork Malmo Graz Lyon Utrecht Bilbao Tartu Split Brno'.split(
  ' ',
);
const HAM = [
  'I tried this with my {thing} in {place} last {month} and it took {n} minutes, not ten.',
  'The second paragraph is the best explanation of a {thing} that I have read so far.',
  'Does this still hold for {place}? Here the council changed the rules {n} weeks ago.',
  'You write that nobody needs a {thing}, but my neighbours have used theirs for {n} years.',
  'Thank you, {name}, for answering so patiently; the part about the {thing} was new to me.',
  'I disagree. A {thing} costs about {n} euros in {place}, and that is before the repair.',
  'Small correction: the photograph shows {place}, not {place2}, as the caption says.',
  'We read this aloud at the {thing} club, and {n} of us want to come to the next evening.',
  'Could you add a picture of the {thing} from the other side? It is hard to see how it is held.',
  'My grandmother did it exactly like that in {place}, only with a {thing} instead.',
  'After {n} tries it finally worked; the trick was to leave the {thing} alone overnight.',
  'What happened to the follow-up you promised in {month}? I have looked for it {n} times.',
];
const OTHER = [
  'Danke für den Text, der Absatz über {place} hat mir sehr geholfen. Nach {n} Tagen läuft es.',
  'Ich sehe das anders: In {place} kostet das schon heute {n} Euro, und niemand sagt etwas.',
  'Merci pour cet article, j’ai essayé à {place} et cela a marché au bout de {n} essais.',
  'Je ne suis pas d’accord avec {name} : il faut compter au moins {n} heures.',
  'Gracias, {name}. En {place} lo hacemos igual desde hace {n} años.',
  'Спасибо за статью, в городе {place} мы ждали этого уже {n} лет.',
  '{place} でも同じことを {n} 回試しました。とても参考になりました。',
];
const SPAM_TEXTS = [
  'Great post!! Visit https://{word}-{n}.example/{word2} for cheap {word} pills, {n}% off today only',
  'Earn {n} dollars a day from home, contact me on WhatsApp +1555{n}0{n} NOW',
  '<a href="http://{word}.example">best {word} casino bonus</a> [url=http://{word2}.example]{word2}[/url]',
  'BUY BACKLINKS {n} DOMAINS http://{word}{n}.example http://{word2}{n}.example SEO SEO SEO',
];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const SYLLABLES = 'ba ke li mo nu ra se ti vo zu da fe gi ho ju ka le mi no pu'.split(' ');

/** Articles as sites name them: by their path. A few are read by all, most by a few. */
export const ARTICLE_KEYS = Array.from(
  { length: ARTICLES },
  (_, number) => `/2026/${1 + (number % 12)}/${wordOf(number + 400)}`,
);

/** @returns {() => { article: string, author: { name: string, email: string, url?: string }, body: string }} */
export function makeTexts(seed, onlyHam = false) {
  const random = randomNumbers(seed);
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  let serial = 0;
  const fill = (template) =>
    template.replace(/\{(\w+)\}/g, (_, slot) => {
      if (slot === 'n') return String(2 + below(900));
      if (slot === 'thing') return pick(THINGS);
      if (slot === 'name') return pick(FIRST);
      if (slot === 'month') return pick(MONTHS);
      return slot.startsWith('place') ? pick(PLACES) : wordOf(below(8_000));
    });
  const several = (templates, most) => Array.from({ length: 1 + below(most) }, () => fill(pick(templates))).join(' ');
  // One word in each comment that stands in no other keeps the service from taking it for a repeat.
  const mark = () => `${wordOf(seed * 7_919 + 8_000)}${wordOf(8_000 + serial++)}`;
  const textOf = (kind) => {
    if (kind < SPAM) return `${several(SPAM_TEXTS, 2)} ${mark()}`;
    if (kind < SPAM + OTHER_LANGUAGE) return `${several(OTHER, 3)} (${mark()})`;
    const link = kind >= 1000 - WITH_LINK ? ` See https://${wordOf(below(8_000))}.example/notes.` : '';
    return `${several(HAM, 5)}${below(4) === 0 ? '\n\n' : ' '}I call it ${mark()}.${link}`;
  };
  return () => {
    const person = below(AUTHORS);
    const name = `${FIRST[person % FIRST.length]} ${LAST[(person >> 5) % LAST.length]}`;
    const email = `bench.${name.toLowerCase().replace(' ', '.')}.${person}@${HOSTS[person % HOSTS.length]}`;
    const author = person % 10 === 0 ? { name, email, url: `https://${wordOf(person)}.example` } : { name, email };
    return {
      article: ARTICLE_KEYS[Math.floor(random() ** 2 * ARTICLES)],
      author,
      body: textOf(onlyHam ? SPAM + OTHER_LANGUAGE : below(1000)),
    };
  };
}

/** Pronounceable, one for each number. */
function wordOf(number) {
  let word = '';
  for (let rest = number; rest > 0 || word === ''; rest = Math.floor(rest / SYLLABLES.length)) {
    word += SYLLABLES[rest % SYLLABLES.length];
  }
  return word;
}

/** Mulberry32: small, quick, and the same everywhere. */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
