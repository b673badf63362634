import { Agent, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

/* Clients with kept-alive connections that tell a request that was refused from one that was taken and then failed. */

export interface Tally {
  /** By status. */
  readonly answered: Map<number, number>;
  /** Nobody listened: the client knows that nothing happened, and may go elsewhere. */
  refused: number;
  /** Connections that were taken and gave no whole answer; each says how. */
  readonly failed: string[];
  /** Comments that were acknowledged. */
  readonly acknowledged: Set<string>;
}

export interface PatientLoad {
  readonly tally: Tally;
  stop(): Promise<void>;
}

/** Half of the clients submit and half read, each as fast as it is answered, until it is stopped. */
export function startPatientLoad(url: string, apiKey: string, clients = 24): PatientLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const tally: Tally = { answered: new Map(), refused: 0, failed: [], acknowledged: new Set() };
  let isRunning = true;
  let serial = 0;
  const client = async (isWriter: boolean): Promise<void> => {
    while (isRunning) {
      const isTaken = await ask(url, agent, tally, isWriter ? { apiKey, number: serial++ } : null);
      if (!isTaken) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const running = Promise.all(Array.from({ length: clients }, (_, index) => client(index % 2 === 0)));
  return {
    tally,
    stop: async () => {
      isRunning = false;
      await running;
      agent.destroy();
    },
  };
}

/** @returns whether somebody listened */
async function ask(
  url: string,
  agent: Agent,
  tally: Tally,
  comment: { apiKey: string; number: number } | null,
): Promise<boolean> {
  const path = `${url}/v1/sites/demo/articles/${comment ? comment.number % 5 : 'read'}/comments`;
  const headers = comment && { 'content-type': 'application/json', authorization: `Bearer ${comment.apiKey}` };
  const sent = request(path, { agent, method: comment ? 'POST' : 'GET', headers: { ...headers } });
  const author = { name: 'Ada', email: 'ada@analytical.org' };
  sent.end(comment ? JSON.stringify({ author, body: `Thought number ${comment.number}, and no other.` }) : undefined);
  try {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    const status = response.statusCode ?? 0;
    tally.answered.set(status, (tally.answered.get(status) ?? 0) + 1);
    if (status === 202) tally.acknowledged.add((JSON.parse(text) as { id: string }).id);
    return true;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ECONNREFUSED') tally.refused++;
    else tally.failed.push(`${comment ? 'POST' : 'GET'} ${sent.reusedSocket ? 'reused' : 'fresh'}: ${code ?? message}`);
    return code !== 'ECONNREFUSED';
  }
}
