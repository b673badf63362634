// What stands in the pictures of docs/pictures: invented people and their words, none of them from anywhere.

const RYE = { article: '/rye', title: 'Why our rye is dark' };
const HOURS = { article: '/winter-hours', title: 'Winter hours' };
const LOAF = { article: '/a-loaf-at-home', title: 'A loaf to bake at home' };

const by = (name, email, url) => ({ author: { name, email, ...(url && { url }) } });

/** A person of the site answers the first of those that are published. */
export const ANSWER =
  'Thank you, Greta! The cupboard is warm and the cat sleeps on it. She is the only one of us who is never woken at night.';

export const PUBLISHED = [
  {
    ...RYE,
    ...by('Greta Lind', 'greta@lind.example'),
    body: 'I read this aloud to the whole kitchen. We have such a cupboard too, and *nobody* dares to open it.',
  },
  {
    ...RYE,
    ...by('Tomás', 'tomas@ribeira.example', 'https://ribeira.example/'),
    body: 'The part about moving house is what I would hang on the wall:\n\n> a small thing is cheap to leave\n\nWe left three tools this year, and only one of them let us take our own words along.',
  },
  {
    ...LOAF,
    ...by('Aiko', 'aiko@north.example'),
    body: 'What do you do about the copy elsewhere? Ours lies with my sister, on a disk in a biscuit tin.',
  },
];

export const WAITING = [
  {
    ...LOAF,
    ...by('Noor', 'noor@gmial.com', 'https://noor.example/'),
    body: 'It worked at the first try, thank you! The lid of a pot did well instead of the stone; there are photographs at https://noor.example/first-loaf',
  },
  {
    ...HOURS,
    ...by('Piet', 'piet@harbour.example'),
    body: 'Will you be open on the second of January? We come by train and would be there at ten.',
  },
  {
    ...RYE,
    ...by('Hanna Weiss', 'hanna@weiss.example'),
    body: 'Mine came out too dark last week as well. Could it be the flour? The old bag had another number on it.',
  },
  {
    ...RYE,
    ...by('Edwin', 'edwin@mill.example'),
    body: 'You forgot the caraway!!! A rye without caraway is an opinion, not a bread.',
  },
];

export const SPAM = [
  {
    ...RYE,
    ...by('Casino Bonus', 'win@casino-bonus.example', 'http://casino-bonus.example'),
    body: '[url=http://casino-bonus.example/x]best casino bonus[/url] free spins, no deposit, click here http://casino-bonus.example !!!',
  },
  {
    ...HOURS,
    ...by('cheap pills online', 'pills@pharma.example', 'http://pharma.example'),
    body: 'Buy cheap viagra online without prescription [url=http://pharma.example]cheap pills[/url] discount viagra',
  },
];
