import { X509Certificate } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, importX509, type JWTPayload } from 'jose';
import { AadstsRefusal } from './aadsts.ts';
import type { Clock } from './clock.ts';
import type { Application } from './directory.ts';
import { formOf, type HttpRequest } from './http-message.ts';
import type { EntraSettings } from './settings.ts';

/** How an application proved itself. */
export type ClientProof = 'none' | 'secret' | 'assertion';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** What Entra ID forgives a clock. */
const leewaySeconds = 300;

/** Proves applications by their secret or their certificate, and remembers which assertions it has seen. */
export class ClientAuthentication {
  readonly #clock: Clock;
  readonly #settings: EntraSettings;
  readonly #seen = new Set<string>();

  constructor(clock: Clock, settings: EntraSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /**
   * Proves the application at the token endpoint (RFC 6749, 2.3; RFC 7523, 2.2).
   * @throws AadstsRefusal for a missing, wrong, expired or uncalled-for credential.
   */
  async prove(application: Application, request: HttpRequest): Promise<ClientProof> {
    const form = formOf(request);
    const secret = form.get('client_secret');
    const assertion = form.get('client_assertion');
    const { secrets, certificates, federatedCredentials } = application;
    const hasCredentials = secrets.length + certificates.length + federatedCredentials.length > 0;
    if (secret === null && assertion === null) {
      if (application.publicClient && form.get('grant_type') !== 'client_credentials') return 'none';
      throw new AadstsRefusal(7000218);
    }
    if (application.publicClient && !hasCredentials) throw new AadstsRefusal(700025);
    if (assertion === null) {
      this.#checkSecret(application, secret ?? '');
      return 'secret';
    }
    if (form.get('client_assertion_type') !== assertionType) {
      throw new AadstsRefusal(50027, { reason: 'client_assertion_type is not supported' });
    }
    await this.#checkAssertion(application, assertion, request);
    return 'assertion';
  }

  #checkSecret(application: Application, given: string): void {
    const known = application.secrets.find(({ value }) => value === given);
    if (known === undefined) throw new AadstsRefusal(7000215);
    if (known.expiresOn !== undefined && known.expiresOn <= this.#clock.date()) throw new AadstsRefusal(7000222);
  }

  async #checkAssertion(application: Application, assertion: string, request: HttpRequest): Promise<void> {
    const { alg, thumbprint, claims } = readAssertion(assertion);
    // A federated token is another issuer's: an application's own assertion has its own id there.
    if (claims.iss?.startsWith('https://')) return await this.#checkFederated(application, assertion, claims);
    const certificate = application.certificates
      .map(({ certificatePem }) => new X509Certificate(certificatePem))
      .find(candidate => thumbprint === thumbprintOf(candidate, thumbprint));
    if (certificate === undefined) throw new AadstsRefusal(700027, { reason: 'The key was not found.' });
    const now = this.#clock.date();
    if (certificate.validToDate < now) throw new AadstsRefusal(700027, { reason: 'The key used is expired.' });
    if (certificate.validFromDate > now) throw new AadstsRefusal(700027, { reason: 'The key used is not yet valid.' });
    try {
      await compactVerify(assertion, await importX509(certificate.toString(), alg), { algorithms: [alg] });
    } catch {
      throw new AadstsRefusal(700027, { reason: 'The signature is not the registered key’s.' });
    }
    this.#checkClaims(application, claims, request);
  }

  /** "Workload identity federation": issuer, subject and audience are those of a credential, to the letter. */
  async #checkFederated({ federatedCredentials }: Application, token: string, claims: JWTPayload): Promise<void> {
    const credential = federatedCredentials.find(
      ({ issuer, subject, audience }) => claims.iss === issuer && claims.sub === subject && claims.aud === audience,
    );
    if (credential === undefined) throw new AadstsRefusal(700213);
    try {
      await compactVerify(token, await importJWK(credential.publicJwk, 'RS256'), { algorithms: ['RS256'] });
    } catch {
      throw new AadstsRefusal(50027, { reason: 'the signature is not the issuer’s' });
    }
    const { exp = 0 } = claims;
    if (exp + leewaySeconds <= this.#clock.seconds()) throw new AadstsRefusal(700024, { reason: 'expired' });
  }

  /** RFC 7523, 3, as "Application authentication certificate credentials" narrows it. */
  #checkClaims(application: Application, { iss, sub, aud, exp, nbf, jti }: JWTPayload, request: HttpRequest): void {
    if (iss !== sub || iss?.toLowerCase() !== application.clientId.toLowerCase()) throw new AadstsRefusal(700021);
    const endpoint = `https://${request.host}${request.path}`;
    const audiences = [endpoint, endpoint.replace(/\/oauth2\/v2\.0\/token$/, '/v2.0')];
    if (typeof aud !== 'string' || !audiences.includes(aud)) throw new AadstsRefusal(700023);
    const now = this.#clock.seconds();
    if (exp === undefined || exp + leewaySeconds <= now) throw new AadstsRefusal(700024, { reason: 'expired' });
    if (nbf !== undefined && nbf - leewaySeconds > now) throw new AadstsRefusal(700024, { reason: 'not yet valid' });
    if (jti === undefined) return;
    if (this.#seen.has(jti) && this.#settings.usedAssertions === 'refused') {
      throw new AadstsRefusal(700027, { reason: 'The assertion was used before.' });
    }
    this.#seen.add(jti);
  }
}

/** The parts of an assertion that say who signed it, and what it claims, none of it verified. */
function readAssertion(assertion: string) {
  try {
    const { alg, x5t, 'x5t#S256': x5tS256, kid } = decodeProtectedHeader(assertion);
    if (alg !== 'PS256' && alg !== 'RS256')
      throw new AadstsRefusal(50027, { reason: 'the algorithm is not supported' });
    const thumbprint = x5tS256 ?? x5t ?? kid;
    if (typeof thumbprint !== 'string') throw new AadstsRefusal(5002723);
    return { alg, thumbprint, claims: decodeJwt(assertion) };
  } catch (error) {
    if (error instanceof AadstsRefusal) throw error;
    throw new AadstsRefusal(50027, { reason: 'it is no JWT' });
  }
}

/** The certificate's SHA-1 or SHA-256 thumbprint as base64url, whichever the other one is by its length (RFC 7515, 4.1.7). */
function thumbprintOf(certificate: X509Certificate, other: string): string {
  const hex = other.length < 32 ? certificate.fingerprint : certificate.fingerprint256;
  return Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');
}
