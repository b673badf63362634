import { flood, FLOOD_SETTINGS, isHeld } from '../support/flood.js';
import { describeWidget, writeComment } from '../support/widget-stage.js';

describeWidget(
  'the widget while its site is flooded',
  (stage) => {
    it('proves its work under a policy that allows no worker and no eval, and its comments are not held for it', async () => {
      await flood(stage.blog);
      stage.embedding.show(stage.widget());
      const page = await stage.enter();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await page.goto('/');
      await page.getByText('Be the first to comment').waitFor();
      expect(asked).not.toContain('/embed/proof.js');
      for (const [nth, body] of ['The first of two thoughts.', 'And quite another one.'].entries()) {
        await writeComment(page, body);
        await page.locator('.note').nth(nth).waitFor();
      }
      expect(asked).toContain('/embed/proof.js');
      const ids = (await stage.blog.all('?status=pending', stage.article)).map(({ id }) => id);
      expect(ids).toHaveLength(2);
      for (const id of ids) expect(isHeld(await stage.blog.settled(id))).toBe(false);
    }, 120_000);
  },
  FLOOD_SETTINGS,
);
