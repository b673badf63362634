import { readSettings, SettingsFault } from '../../platform/config/read-settings.js';
import type { Settings } from '../../platform/config/settings.js';
import { parseUrl } from '../../lib/markup/parse-url.js';
import { note, ok, wrong, type Finding } from './finding.js';

const OLDEST_NODE = [20, 19] as const;

export interface SettingsChecked {
  /** Null when they cannot be used, and nothing else can be looked at. */
  readonly settings: Settings | null;
  readonly findings: readonly Finding[];
}

export function checkSettings(environment: Readonly<Record<string, string | undefined>>): SettingsChecked {
  try {
    const settings = readSettings(environment);
    return { settings, findings: [ok('settings', 'All settings can be used.'), ...checkAddress(settings)] };
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    const next = 'Mend it; .env.example explains every setting.';
    return { settings: null, findings: error.faults.map((fault) => wrong('settings', fault, next)) };
  }
}

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const isEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  if (isEnough) return ok('node', `Node ${version}.`);
  return wrong('node', `Node ${version} is too old.`, `Install ${OLDEST_NODE.join('.')} or newer.`);
}

/** How the world reaches it. Winnow speaks plain HTTP, so https means that a proxy stands before it. */
function checkAddress({ publicUrl, host, port, trustProxy, role }: Settings): Finding[] {
  if (role === 'worker') return [];
  const address = parseUrl(publicUrl || `http://localhost:${port}`);
  const isLocal = address !== null && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(address.hostname);
  const findings: Finding[] = [];
  if (!publicUrl && !isLoopback(host)) {
    const says = `HOST ${host} opens it to the network, but PUBLIC_URL is not set, so its links say localhost.`;
    findings.push(note('address', says, 'Set PUBLIC_URL to how the world reaches it.'));
  }
  if (address?.protocol === 'http:' && !isLocal) {
    const says = 'PUBLIC_URL is http: passwords travel in the clear, and the session cookie is not Secure.';
    findings.push(note('address', says, 'Put a proxy with TLS before it, and set PUBLIC_URL to https.'));
  }
  if (address?.protocol === 'https:' && trustProxy === 'none') {
    const says =
      'PUBLIC_URL is https, so a proxy stands before it, but TRUST_PROXY is none: all readers share one limit.';
    findings.push(note('address', says, 'Set TRUST_PROXY to the address of the proxy, such as loopback.'));
  }
  if (trustProxy === 'all') {
    const says = 'TRUST_PROXY is all: whoever reaches the port may claim any address.';
    findings.push(note('address', says, 'Name the proxy, or see that nobody else reaches the port.'));
  }
  return findings.length > 0 ? findings : [ok('address', `Reached as ${address?.origin ?? publicUrl}.`)];
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
}
