// The filter beside what people take from npm, and bogofilter where it is installed: one split, one run, the same texts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bayes from 'bayes';
import winkNaiveBayes from 'wink-naive-bayes-text-classifier';
import { encodeFilter } from '../dist/lib/spam/classifier/filter-file.js';
import { DISGUISES } from '../dist/lib/spam/classifier/disguises.js';
import { errorArea, recallAt, shareAbove, thresholdAt } from '../dist/lib/spam/classifier/measures.js';
import { makeRandom } from '../dist/lib/spam/classifier/random.js';
import { judgeText } from '../dist/cli/score/judge-text.js';
import { splitComments } from '../dist/cli/evaluate/split.js';
import { readCorpora } from '../dist/cli/train/labelled-comment.js';
import { LETTERS, trainOn } from '../dist/cli/train/train.js';

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const SHARES = [0.001, 0.005, 0.01];

/** Every contestant: trained on comments, then gives any text a number that grows with spam. */
const contestants = {
  winnow(training) {
    const filter = trainOn(training, LETTERS, process.stderr);
    const score = (text) => judgeText({ text, author: '', email: '', url: null }, null, filter).score;
    return { score, bytes: encodeFilter(filter, null).length };
  },

  async bayes(training) {
    const classifier = bayes({ tokenizer: (text) => text.toLowerCase().match(WORD) ?? [] });
    for (const { text, isSpam } of training) await classifier.learn(text, isSpam ? 'spam' : 'ham');
    const { docCount } = classifier;
    // Its categorize() says only which class wins; the odds behind it are what can be compared.
    const score = (text) => {
      let odds = Math.log(docCount.spam / docCount.ham);
      for (const [word, times] of Object.entries(classifier.frequencyTable(classifier.tokenizer(text)))) {
        odds +=
          times *
          (Math.log(classifier.tokenProbability(word, 'spam')) - Math.log(classifier.tokenProbability(word, 'ham')));
      }
      return odds;
    };
    return { score, bytes: classifier.toJson().length };
  },

  wink(training) {
    const classifier = winkNaiveBayes();
    classifier.definePrepTasks([(text) => text.toLowerCase().match(WORD) ?? []]);
    classifier.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });
    for (const { text, isSpam } of training) if (WORD.test(text)) classifier.learn(text, isSpam ? 'spam' : 'ham');
    classifier.consolidate();
    const score = (text) => {
      const odds = new Map(classifier.computeOdds(text));
      return (odds.get('spam') ?? 0) - (odds.get('ham') ?? 0);
    };
    return { score, bytes: classifier.exportJSON().length };
  },

  bogofilter(training) {
    if (spawnSync('bogofilter', ['-V']).error) {
      console.log('LEFT OUT: bogofilter is not installed.\n');
      return null;
    }
    const folder = mkdtempSync(join(tmpdir(), 'bogofilter-'));
    const words = join(folder, 'words');
    mkdirSync(words);
    for (const isSpam of [true, false]) {
      const box = training.filter((one) => one.isSpam === isSpam).map(({ text }) => asMail(text));
      spawnSync('bogofilter', ['-M', isSpam ? '-s' : '-n', '-d', words], { input: box.join('') });
    }
    return {
      /** All at once: a process for each comment would measure the starting of processes. */
      scoreAll(texts) {
        const input = texts.map(asMail).join('');
        // Its exit code is the verdict on the last message.
        const { stdout } = spawnSync('bogofilter', ['-M', '-v', '-T', '-d', words], { input, maxBuffer: 1 << 28 });
        const printed = stdout.toString();
        return printed
          .trim()
          .split('\n')
          .map((line) => Number(line.trim().split(/\s+/).at(-1)));
      },
      bytes: readdirSync(words).reduce((sum, name) => sum + statSync(join(words, name)).size, 0),
      close: () => rmSync(folder, { recursive: true }),
    };
  },
};

function asMail(text) {
  return `From reader@example.org Mon Jan  1 00:00:00 2024\nContent-Type: text/plain; charset=utf-8\n\n${text.replace(/^From /gm, '>From ')}\n\n`;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: npm run bench:filter -- <file.jsonl.gz>...   (the labelled comments to compare on)');
  process.exit(2);
}
const corpora = await readCorpora(files, process.stderr);
const { training, reserved } = splitComments(corpora.flatMap(({ comments }) => comments));
const isComment = ({ source }) => !LETTERS.includes(source);
const spam = reserved.filter((one) => one.isSpam && isComment(one));
const random = makeRandom(7);
const ham = reserved.filter((one) => !one.isSpam && isComment(one));
const worn = DISGUISES.map(({ name, wear }) => ({
  name,
  texts: spam.map(({ text }) => wear(text, random, ham[Math.floor(random() * ham.length)].text)),
}));

const table = [
  ['', '(1-AUC)% all', 'comments', 'r@0.1 / 0.5 / 1', ...DISGUISES.map(({ name }) => name), 'us each', 'bytes'],
];
for (const [name, make] of Object.entries(contestants)) {
  const contestant = await make(training);
  if (contestant === null) continue;
  const scoreAll = contestant.scoreAll ?? ((texts) => texts.map(contestant.score));
  const startedAt = process.cpuUsage();
  const begunAt = performance.now();
  const scores = scoreAll(reserved.map(({ text }) => text));
  const used = process.cpuUsage(startedAt);
  // bogofilter works in a process of its own.
  const micros = contestant.scoreAll ? (performance.now() - begunAt) * 1_000 : used.user + used.system;
  const scored = reserved.map((comment, at) => ({ comment, isSpam: comment.isSpam, score: scores[at] }));
  const comments = scored.filter(({ comment }) => isComment(comment));
  const threshold = thresholdAt(comments, 0.01);
  const recall = shareAbove(comments, threshold, true);
  const under = worn.map(({ texts }) => {
    const caught = scoreAll(texts).filter((score) => score > threshold).length;
    return `${((100 * caught) / texts.length).toFixed(0)}`;
  });
  table.push([
    name,
    errorArea(scored).toFixed(3),
    errorArea(comments).toFixed(3),
    SHARES.map((share) => recallAt(comments, share).toFixed(1)).join(' / '),
    ...under,
    (micros / reserved.length).toFixed(0),
    String(contestant.bytes),
  ]);
  console.log(`${name}: recall at 1 % of ham ${recall.toFixed(1)} %`);
  contestant.close?.();
}
console.log(
  `\n${training.length} comments trained on, ${reserved.length} reserved; under disguises the recall in % at 1 % of ham\n`,
);
for (const [at, row] of table.entries()) {
  console.log(`| ${row.join(' | ')} |`);
  if (at === 0) console.log(`| ${row.map(() => '---').join(' | ')} |`);
}
