import { spawn } from 'node:child_process';

/*
 * What a run starts ends with it, however it ends (kill -9, Ctrl-C): the guard's standard input ends with the process that
 * opened it. Then it kills what it was told to, waits until PostgreSQL, which has a guard of its own, has let go of its
 * folder, and removes the folders.
 */
const GUARD = `
pids=
while read -r what value; do
  case $what in
    kill) pids="$pids $value" ;;
    spare) pids=$(for pid in $pids; do [ "$pid" = "$value" ] || printf ' %s' "$pid"; done) ;;
    remove) set -- "$@" "$value" ;;
  esac
done
for pid in $pids; do kill -KILL "$pid"; done
tries=0
for folder; do
  while ls "$folder"/cluster-*/postmaster.pid && [ $tries -lt 200 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  rm -rf "$folder"
done`;

export function openGuard() {
  const guard = spawn('/bin/sh', ['-c', GUARD], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
  });
  guard.unref();
  guard.stdin.unref();
  const tell = (what, value) => guard.stdin.write(`${what} ${value}\n`);
  return {
    kill: (pid) => tell('kill', pid),
    remove: (path) => tell('remove', path),
    /** A process until it has ended: its number is another's then. */
    endWithUs: (child) => {
      if (child.pid === undefined) return;
      tell('kill', child.pid);
      child.once('exit', () => tell('spare', child.pid));
    },
    close: () => guard.kill('SIGKILL'),
  };
}
