/** Jest's globalTeardown: the last project to end stops what start-servers.js started. */
export default async function stopServers() {
  const servers = globalThis.winnowTestServers;
  if (servers === undefined) {
    return;
  }
  servers.users -= 1;
  if (servers.users === 0) {
    globalThis.winnowTestServers = undefined;
    await servers.close();
  }
}
