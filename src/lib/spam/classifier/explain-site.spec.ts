import { explainSite } from './explain-site.js';
import { readComment } from './read-features.js';
import { makeSiteExample } from './site-example.js';
import { SiteModel } from './site-model.js';

describe("what a site's own model says", () => {
  const model = new SiteModel();
  const teach = (text: string, isSpam: boolean): void => {
    model.learn(makeSiteExample(readComment(text).whole, -3), isSpam);
  };
  for (let round = 0; round < 7; round++) {
    teach(`pesan obat kuat sekarang juga nomor ${round}`, true);
    teach(`terima kasih atas tulisan ini bagian ${round}`, false);
  }

  it('names the words that moderators marked, and in how many comments', () => {
    const signals = explainSite(model, readComment('jual obat kuat asli'), -3);
    expect(signals.find(({ name }) => name === 'site-spam-words')?.why).toBe(
      "this site's moderators marked 7 comments with “obat kuat” as spam",
    );
    const thanks = explainSite(model, readComment('terima kasih banyak'), -3);
    expect(thanks.find(({ name }) => name === 'site-ham-words')?.why).toContain('accepted 7 comments with “terima');
  });

  it.each(['jual obat kuat asli', 'terima kasih', '', 'https://x.example/obat kuat obat kuat'])(
    'adds up to the difference it makes for %j',
    (text) => {
      const reading = readComment(text);
      for (const starter of [-3, 0.5, 20]) {
        const { score } = model.score(makeSiteExample(reading.whole, starter));
        const sum = explainSite(model, reading, starter).reduce((total, { weight }) => total + weight, 0);
        expect(sum).toBeCloseTo(score - starter, 3);
      }
    },
  );
});
