export const RELEARN_HELP = `Usage: winnow relearn <site key>
       winnow relearn --all

Builds anew what a site's moderators have taught the filter. First it learns what was decided and is not learned yet;
then it folds the model from all that is kept of the decisions, which holds no text and needs none, and compares. It
works on the database of the settings (DATABASE_URL or DATA_DIR), beside a running service or alone.

It prints how many examples there are, their digest as it was kept decision by decision and as it is now, and the
SHA-256 of the model. When the two digests differ, something has changed the rows past the service: a restored table, a
hand in the database. Then what is stored counts, and every process folds its model anew at its next comment.

  --all                  every site on which somebody has decided anything

Exit code: 0 when all are the same to the byte, 1 when one was not, 2 when the command line is wrong.`;
