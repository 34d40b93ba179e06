import { readFileSync } from 'node:fs';

/** What Node.js reads when it starts, and not again. */
const TRUST_SETTINGS = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA'];

/**
 * Has this process's environment follow the shell's: `null` removes a variable. What Node.js reads only when it starts is
 * applied by its API.
 * @returns warnings for the user
 */
export function applyEnvironment(variables: Readonly<Record<string, string | null>>): string[] {
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) delete process.env[name];
    else process.env[name] = value;
  }
  const changed = TRUST_SETTINGS.filter(name => Object.hasOwn(variables, name));
  return changed.length > 0 ? applyTrust(changed) : [];
}

/** The certification authorities that Node.js trusts of its own accord, whatever the environment says. */
let ownAuthorities: string[] | undefined;

function applyTrust(changed: readonly string[]): string[] {
  // Loaded only here: few sessions change what they trust.
  const { getCACertificates, setDefaultCACertificates } = process.getBuiltinModule('node:tls');
  // Since 22.19 and 24.5.
  if (typeof setDefaultCACertificates !== 'function') {
    return [
      `${changed.join(' and ')} changed, which Node.js ${process.versions.node} reads only when it starts: what is trusted has ` +
        'stayed as it was. Import the module again with -Force.',
    ];
  }
  const bundled = new Set(getCACertificates('bundled'));
  const added = new Set([...getCACertificates('extra'), ...getCACertificates('system')]);
  ownAuthorities ??= getCACertificates('default').filter(each => bundled.has(each) || !added.has(each));
  const system = process.env.NODE_USE_SYSTEM_CA === '1' ? getCACertificates('system') : [];
  const { NODE_EXTRA_CA_CERTS: file = '' } = process.env;
  try {
    const extra = file === '' ? [] : readAuthorities(file);
    setDefaultCACertificates([...ownAuthorities, ...system, ...extra]);
  } catch (error) {
    setDefaultCACertificates([...ownAuthorities, ...system]);
    // As Node.js does for such a file when it starts.
    process.emitWarning(`Ignoring extra certs: ${error instanceof Error ? error.message : error}`);
  }
  return [];
}

function readAuthorities(file: string): readonly string[] {
  const text = readFileSync(file, 'latin1');
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
}
