import { randomUUID } from 'node:crypto';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { Cloud } from './cloud.ts';
import type { DeviceSignIn } from './device-sign-ins.ts';
import type { User } from './directory.ts';

/** What a person is signing in for: an application that waits at its redirect URI, or a device that polls. */
export type SignInPurpose =
  | { readonly kind: 'application'; readonly asked: AuthorizationRequest }
  | { readonly kind: 'device'; readonly signIn: DeviceSignIn };

/** A sign-in at the page, from its first page to its last. */
export interface SignInFlow {
  readonly id: string;
  readonly cloud: Cloud;
  readonly purpose: SignInPurpose;
  /** Who has given the right password. */
  user?: User;
}

/** The sign-ins under way. */
export class SignInFlows {
  readonly #flows = new Map<string, SignInFlow>();

  start(cloud: Cloud, purpose: SignInPurpose): SignInFlow {
    const flow = { id: randomUUID(), cloud, purpose };
    this.#flows.set(flow.id, flow);
    return flow;
  }

  find(id: string): SignInFlow | undefined {
    return this.#flows.get(id);
  }

  end({ id }: SignInFlow): void {
    this.#flows.delete(id);
  }
}
