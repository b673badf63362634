import { describeDesk } from '../support/desk-stage.js';
import { slowDeletions, writeMany } from '../support/large-person.js';
import { lightAndDark, Looks } from '../support/looks.js';

/* What is kept of a person, at the desk: given out, and erased in more than one go. */

const LIN = { name: 'Lin', email: 'lin@analytical.org' };
const COMMENTS = 700;
/** Of two hundred in one go: the third of them ends behind the 8 s. */
const MS_EACH = 15;

describeDesk('the page of a person', (stage) => {
  it('has nothing that axe finds, asks before it erases, and goes on until nothing is left', async () => {
    const { service } = stage();
    const site = await stage().makeSite();
    const [id = ''] = await writeMany(service.anonymous, site.key, COMMENTS, LIN);
    await site.settled(id);
    await slowDeletions(service.database, MS_EACH);
    const { page } = await stage().enter({ [site.key]: 'owner' });
    page.setDefaultTimeout(20_000);
    const looks = await Looks.on(page, [...lightAndDark(390), { colorScheme: 'dark', width: 320 }]);

    await page.goto(`/desk/sites/${site.key}/comments/${id}/person`);
    await page.getByText(LIN.email).waitFor();
    await looks.at('what there is to choose');
    await page.getByRole('button', { name: 'Erase all of it…' }).click();
    await page.getByRole('heading', { name: 'Erase all of this person’s data?' }).waitFor();
    await looks.at('the question');
    await page.getByRole('button', { name: 'Erase all of it for good' }).click();
    await page.getByRole('heading', { name: 'Not all of it is erased yet' }).waitFor();
    await looks.at('what is left');
    expect(page.url()).not.toContain('analytical');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Erased all that was kept of this person').waitFor();
    await page.goto(`/desk/sites/${site.key}/comments/${id}/person`);
    await page.getByText('Nothing tells any more whose this comment is.').waitFor();
    await looks.at('nobody');
    expect(looks.faults).toEqual({});
  }, 120_000);
});
