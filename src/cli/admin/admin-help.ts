export const ADMIN_HELP = `Usage: winnow admin <what> [options]

For whoever has the machine: people of a service without its desk, and a way in for who has lost theirs. It works on
the database of the settings (DATABASE_URL or DATA_DIR), beside a running service or alone.

  winnow admin invite <email> --operator
  winnow admin invite <email> --site <key> --role <owner|moderator|viewer>
                         prints a one-time link by which the person takes the place up; it lives 7 days
  winnow admin reset-password <email>
                         prints a one-time link by which the person sets a new password; it lives 24 hours
  winnow admin list      every account: address, name, and what it is where

A link is shown this once. A newer one for the same person takes the place of the one before.
Exit code: 0 when it is done, 1 when it could not be, 2 when the command line is wrong.`;
