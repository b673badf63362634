export const PERSON_HELP = `Usage: winnow person export <e-mail address> [--site <key>] > person.json
       winnow person erase <e-mail address> [--site <key>]

Gives out, or erases, all that is kept of who wrote comments under an address: on one site, or on all of them. It works on
the database of the settings (DATABASE_URL or DATA_DIR), beside a running service or alone.

export prints JSON, {"sites": [...]}: each site's comments of every status with earlier texts, decisions, verdicts, notes
and reports, and the notes and rules about the author. Read it before you hand it over: notes were written for colleagues.

erase deletes every comment for good. Replies stay, under a comment without text and name. What the comments taught the
filter goes too, and the notes on the author and the rules for the address. It cannot be undone, and it may be cut off and
run again at any time. Backups, and what others quoted, it does not reach.

  --site <key>           only what this site keeps

Exit code: 0 when it is done, also when nothing was kept; 1 when it was not done; 2 when the command line is wrong.`;
