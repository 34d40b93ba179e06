import { jwtVerify } from 'jose';
import { JWTExpired } from 'jose/errors';
import type { Clock } from '../clock.ts';
import type { HttpRequest } from '../http-message.ts';
import type { SigningKey } from '../signing-key.ts';
import { GraphRefusal } from './graph-answers.ts';

/** What a token says that a service goes by. */
export interface BearerClaims {
  readonly oid: string;
  readonly name?: string;
  readonly permissions: readonly string[];
}

/** A challenge for other claims ("Claims challenges, claims requests and client capabilities"). */
export interface ClaimsChallenge {
  /** JSON, as the client is to pass it on. */
  readonly claims: string;
}

const graphId = '00000003-0000-0000-c000-000000000000';

/** Checks the token of a request as the service does: signature, resource, lifetime, and the claims that it has asked for. */
export class TokenCheck {
  readonly #key: SigningKey;
  readonly #clock: Clock;
  /** The claims that tokens were asked for with, by token. */
  readonly #asked = new Map<string, string>();
  challenge: ClaimsChallenge | undefined;

  constructor(key: SigningKey, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** The authority's side: a token was issued for a request with these claims. */
  issued(token: string, claims: string | null): void {
    if (claims !== null) this.#asked.set(token, claims);
  }

  /** @throws GraphRefusal 401 */
  async check(request: HttpRequest): Promise<BearerClaims> {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw this.#refuse('Access token is empty.');
    const payload = await this.#verify(token, request.host);
    if (
      this.challenge !== undefined &&
      !hasClaims(JSON.parse(this.#asked.get(token) ?? 'null'), JSON.parse(this.challenge.claims))
    ) {
      const claims = Buffer.from(this.challenge.claims).toString('base64');
      throw this.#refuse(
        'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
        `error="insufficient_claims", claims="${claims}"`,
      );
    }
    const { oid, name, scp, roles } = payload;
    const permissions = [...String(scp ?? '').split(' '), ...(Array.isArray(roles) ? roles.map(String) : [])];
    return { oid: String(oid), ...(typeof name === 'string' && { name }), permissions };
  }

  async #verify(token: string, host: string): Promise<Record<string, unknown>> {
    try {
      const { payload } = await jwtVerify(token, this.#key.publicJwk, { currentDate: this.#clock.date() });
      const audience = String(payload.aud).replace(/\/$/, '');
      if (audience !== `https://${host}` && audience !== graphId)
        throw this.#refuse('Access token validation failure. Invalid audience.');
      return payload;
    } catch (error) {
      if (error instanceof GraphRefusal) throw error;
      if (error instanceof JWTExpired) throw this.#refuse('Lifetime validation failed, the token is expired.');
      throw this.#refuse('CompactToken parsing failed with error code: 80049217');
    }
  }

  #refuse(message: string, parameters = 'error="invalid_token"'): GraphRefusal {
    const challenge = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${graphId}", ${parameters}`;
    return new GraphRefusal(401, 'InvalidAuthenticationToken', message, { 'www-authenticate': challenge });
  }
}

/** Whether a claims request has all of another one; a client adds its capabilities to what it was challenged for. */
function hasClaims(asked: unknown, challenged: unknown): boolean {
  if (typeof challenged !== 'object' || challenged === null) return asked === challenged;
  if (typeof asked !== 'object' || asked === null) return false;
  const members = new Map<string, unknown>(Object.entries(asked));
  return Object.entries(challenged).every(([name, value]) => hasClaims(members.get(name), value));
}
