export const REPLAY_HELP = `Usage: winnow replay <file.jsonl[.gz]>... [options]

Posts the comments of the files through the public API, waits for their screening, and prints what became of them
against the labels in the files, and how long each stage took.

A line of a file is a JSON object:
  {"text": "…", "author"?: "…", "email"?: "…", "url"?: "…", "label"?: "spam" or "ham"}
Other members are ignored. Who has no name is called "Reader <line>"; who has no address gets one at
replay.example.org, the same for the same name.

Where to:
  --url <url>            the service                             (http://localhost:3000)
  --site <key>           the site                                (demo)
  --article <key>        the article                             (replay-<file>, one for each file)

Who asks, one of:
  --key <API key>        with the scopes comments:write and moderation:read; or in WINNOW_API_KEY.
                         Without moderation:read the receipts are read, which do not tell spam from pending
  --password <password>  of an operator or owner; or in WINNOW_PASSWORD. An API key is made for the run and removed
  --email <address>      whose password it is                    (admin@localhost)

How:
  --limit <n>            at most so many comments of each file   (all)
  --concurrency <n>      submissions under way at once           (16)
  --rate <n>             at most so many submissions a second    (as fast as it goes)
  --give-up-after <s>    seconds without a single new verdict before it stops waiting (60)
  --json                 the result as JSON instead of a table

A file replayed twice to one site meets its own copies, which the filter counts as signs of spam: use a fresh site to
compare. Exit code: 0 when every line was sent and screened, 1 otherwise, 2 when the command line is wrong.`;
