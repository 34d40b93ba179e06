import { formOf, type HttpRequest, type HttpResponse } from './http-message.ts';

/** Something that nobody but its owner and the authority may see. */
export interface Secret {
  /** The field it was in: `client_secret`, `access_token`, `code` … */
  readonly name: string;
  readonly value: string;
}

const inForms = [
  'client_secret',
  'client_assertion',
  'refresh_token',
  'code',
  'code_verifier',
  'device_code',
  'passwd',
];
const inAnswers = ['access_token', 'refresh_token', 'id_token', 'device_code', 'code'];

/** Every secret, token, code and assertion that went to or from the authority. */
export class SecretsInUse {
  readonly #byValue = new Map<string, Secret>();

  list(): Secret[] {
    return [...this.#byValue.values()];
  }

  add(name: string, value: string | null | undefined): void {
    if (value) this.#byValue.set(value, { name, value });
  }

  /** Takes the secrets out of an exchange. */
  collect(request: HttpRequest, response: HttpResponse): void {
    const form = formOf(request);
    for (const name of inForms) this.add(name, form.get(name));
    const body = response.body.toString();
    for (const [, name, value] of body.matchAll(/"(\w+)":"([^"]+)"/g)) this.#addAnswer(name, value);
    for (const [, name, value] of body.matchAll(/ name="(\w+)" value="([^"]*)"/g)) this.#addAnswer(name, value);
    const location = URL.parse(String(response.headers.location ?? ''));
    for (const [name, value] of location?.searchParams ?? []) this.#addAnswer(name, value);
  }

  #addAnswer(name: string | undefined, value: string | undefined): void {
    if (name !== undefined && inAnswers.includes(name)) this.add(name, value);
  }
}
