import { make, makeButton } from './dom.js';
import { describeRefusal } from './refusal-words.js';
import type { ArticleService, PublishedComment } from './service.js';
import { fill, type Speech } from './speech.js';

/** Tells the moderators about a comment, once, and says thanks. */
export function makeReportButton(
  { id, author }: PublishedComment,
  service: ArticleService,
  speech: Speech,
  say: (sentence: string) => void,
): HTMLElement {
  const { texts } = speech;
  const report = async (): Promise<void> => {
    try {
      await service.report(id);
      const thanks = make('span', { class: 'quiet', tabindex: '-1' }, texts.reported);
      button.replaceWith(thanks);
      thanks.focus();
    } catch (error) {
      say(describeRefusal(error, speech));
    }
  };
  const label = fill(texts.reportOf, { name: author.name });
  const button = makeButton(texts.report, () => void report(), { class: 'button report', 'aria-label': label });
  return button;
}
