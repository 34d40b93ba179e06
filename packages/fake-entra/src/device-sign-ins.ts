import type { Cloud } from './cloud.ts';
import type { Tenant } from './directory.ts';
import { formOf, type HttpRequest, type HttpResponse } from './http-message.ts';

/** A device code that was given out, and how far its sign-in is. */
export interface DeviceSignIn {
  readonly cloud: Cloud;
  readonly userCode: string;
  readonly deviceCode: string;
  readonly clientId: string;
  /** The tenant that the request's path named. */
  readonly named: Tenant | undefined;
  /** The request's `scope`. */
  readonly scope: string;
  /** Seconds between two polls; grows when the client is told to slow down. */
  interval: number;
  readonly polls: DevicePoll[];
  /** How many of the next polls are told to slow down. */
  slowDowns: number;
  /** When the last poll came, in milliseconds. */
  lastPoll: number;
}

/** One poll's answer. */
export interface DevicePoll {
  readonly userCode: string;
  /** The answer's body: tokens, or RFC 8628's `error`. */
  readonly answer: string;
}

/** The device codes of all clouds. */
export class DeviceSignIns {
  readonly #byUserCode = new Map<string, DeviceSignIn>();
  readonly #waitingForPoll = new Set<(poll: DevicePoll) => void>();
  readonly #waitingForCode = new Set<(signIn: DeviceSignIn) => void>();

  add(signIn: DeviceSignIn): void {
    this.#byUserCode.set(signIn.userCode, signIn);
    for (const tell of [...this.#waitingForCode]) tell(signIn);
    this.#waitingForCode.clear();
  }

  /** By the code that a person types: case, blanks and dashes do not count. */
  find(userCode: string): DeviceSignIn | undefined {
    return this.#byUserCode.get(userCode.toUpperCase().replace(/[^A-Z0-9]/g, ''));
  }

  findByDeviceCode(deviceCode: string): DeviceSignIn | undefined {
    return [...this.#byUserCode.values()].find(signIn => signIn.deviceCode === deviceCode);
  }

  /** The next device code to be given out after this call. */
  nextCode(): Promise<DeviceSignIn> {
    return new Promise(resolve => this.#waitingForCode.add(resolve));
  }

  /** The next poll to be answered after this call; of one user code when it is named. */
  nextPoll(userCode?: string): Promise<DevicePoll> {
    return new Promise(resolve => {
      const tell = (poll: DevicePoll) => {
        if (userCode !== undefined && poll.userCode !== userCode) return;
        this.#waitingForPoll.delete(tell);
        resolve(poll);
      };
      this.#waitingForPoll.add(tell);
    });
  }

  /** The authority's side: a request to the token endpoint was answered. */
  answered(request: HttpRequest, { body }: HttpResponse): void {
    const signIn = this.findByDeviceCode(formOf(request).get('device_code') ?? '');
    if (signIn === undefined) return;
    const poll = { userCode: signIn.userCode, answer: body.toString() };
    signIn.polls.push(poll);
    for (const tell of [...this.#waitingForPoll]) tell(poll);
  }
}
