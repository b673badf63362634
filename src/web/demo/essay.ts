import { html } from '../../platform/pages/html.js';

export const ESSAY_TITLE = 'Why small is beautiful';

/** The article of the demo, in our own words: a page needs something to be commented on. */
export const ESSAY = html`
  <p class="lead">
    Two people keep a bakery’s website. One of them bakes. The other answers the telephone, drives the van, and, on
    Sunday evenings, looks after the computer in the cupboard under the stairs. This page is about what software owes to
    those two.
  </p>
  <p>
    Most of what they could install was made for somebody else. It was made for a company with a team for every part,
    and it shows: before the first reader can say that the rye was too dark last week, there are four services to start,
    three accounts to open, and a page of settings whose names only make sense to those who wrote them. None of that is
    wicked. It is just the shape that things take when nobody who makes them ever has to run them alone.
  </p>
  <p>
    Small is a different shape, and it has to be chosen. It begins with a question asked of every part: who will get up
    at night when this breaks? In the bakery there is one answer, and she is asleep. So the part is left out, or it is
    made to mend itself, or it is made so plain that it can be understood at two in the morning by a person in a
    dressing gown.
  </p>
  <h2>What gets better</h2>
  <p>
    A small thing can be known whole. There is a kind of calm in that which no dashboard gives. If you can read a
    program in a weekend, you can trust it for reasons of your own, and not because somebody’s sales page asked you to.
  </p>
  <p>
    A small thing stays where you put it. The words that readers leave under an article are theirs and, for a while,
    yours to look after. Kept on your own machine they are not a sample, not a segment and not a product. They are some
    people talking about bread.
  </p>
  <p>
    And a small thing is cheap to leave. Whatever cannot be taken away again in an afternoon was never quite yours. We
    would rather be kept because we are useful than because moving house is hard.
  </p>
  <h2>What it costs</h2>
  <p>
    It would be dishonest to stop there. Small means that some doors stay shut. There is no button for the thing that
    one reader in ten thousand would like. Somebody has to say no, kindly, many times, and sometimes they will be wrong.
    A single machine can burn down with the house, so there must be a copy elsewhere, and the copy must have been tried.
  </p>
  <p>
    Nor is small an excuse. That only two people run a shop does not mean that their readers deserve slower pages, a
    form that forgets what they typed, or a comment section drowned in advertisements for pills. The small version has
    to be as good as the large one at the thing it does. It may only do fewer things.
  </p>
  <h2>Growing anyway</h2>
  <p>
    Sometimes the bread becomes famous. Then the honest test is whether growing means starting again. It should not: the
    same program, given a larger cupboard, should simply do more of the same. That is hard work for its makers and no
    work at all for its owners, which seems to us the right way round.
  </p>
  <p>
    We do not think that everything should be small. Bridges should not, nor should patience. But a place where people
    talk to each other under something one of them made is small already. The kindest thing that software can do is to
    stay that size as well, and then to get out of the way.
  </p>
  <p>What do you think? The form is below, and a person will read what you write.</p>
`;
