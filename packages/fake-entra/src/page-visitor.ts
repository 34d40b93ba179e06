import { type Dispatcher, fetch, ProxyAgent, type Response } from 'undici';
import type { Entra } from './entra.ts';

/** A page as a person without a browser sees it. */
export interface VisitedPage {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  /** The page's form, if it has one. */
  readonly form: PageForm | undefined;
}

export interface PageForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Goes through the authority's pages by plain HTTP: reads forms, fills them in, follows redirects. */
export class PageVisitor implements AsyncDisposable {
  readonly #proxied: Dispatcher;

  constructor({ proxyUrl, caPem }: Pick<Entra, 'proxyUrl' | 'caPem'>) {
    this.#proxied = new ProxyAgent({ uri: proxyUrl, requestTls: { ca: caPem } });
  }

  /** Opens a page. Redirects are followed, but not to a URL that `stopAt` takes: that one is given back unopened. */
  async open(url: string, stopAt?: (url: string) => boolean): Promise<VisitedPage> {
    return await this.#follow(url, await this.#get(url), stopAt);
  }

  /** Sends the page's form with these values in it. */
  async submit(
    page: VisitedPage,
    values: Readonly<Record<string, string>> = {},
    stopAt?: (url: string) => boolean,
  ): Promise<VisitedPage> {
    if (page.form === undefined) throw new Error(`There is no form at ${page.url}: ${page.html}`);
    const { action, fields } = page.form;
    const answer = await fetch(action, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, ...values }).toString(),
      ...this.#dispatcherFor(action),
    });
    return await this.#follow(action, answer, stopAt);
  }

  /**
   * Signs in at an authorization URL as a person does, up to and with the answer's arrival at the redirect URI.
   * @returns the page that the application's own loopback server shows.
   */
  async signIn(
    authorizationUrl: string,
    person: { userPrincipalName: string; password: string },
  ): Promise<VisitedPage> {
    const { userPrincipalName: login, password: passwd } = person;
    const atLoopback = ({ form }: VisitedPage) => form !== undefined && new URL(form.action).protocol === 'http:';
    let page = await this.open(authorizationUrl);
    if (!atLoopback(page)) page = await this.submit(page, { login, passwd, action: 'sign-in' });
    if (page.html.includes('value="accept"')) page = await this.submit(page, { action: 'accept' });
    return atLoopback(page) ? await this.submit(page) : page;
  }

  async [Symbol.asyncDispose]() {
    await this.#proxied.close();
  }

  async #get(url: string): Promise<Response> {
    return await fetch(url, { redirect: 'manual', ...this.#dispatcherFor(url) });
  }

  async #follow(url: string, answer: Response, stopAt?: (url: string) => boolean): Promise<VisitedPage> {
    const location = answer.headers.get('location');
    const html = await answer.text();
    if (location === null) return { url, status: answer.status, html, form: formIn(html, url) };
    const next = new URL(location, url).href;
    if (stopAt?.(next)) return { url: next, status: answer.status, html, form: undefined };
    return await this.open(next, stopAt);
  }

  /** Only the clouds are behind the proxy: an application's loopback server is not. */
  #dispatcherFor(url: string): { dispatcher?: Dispatcher } {
    return new URL(url).protocol === 'https:' ? { dispatcher: this.#proxied } : {};
  }
}

function formIn(html: string, url: string): PageForm | undefined {
  const action = /<form [^>]*action="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) return undefined;
  const fields: Record<string, string> = {};
  for (const [input] of html.matchAll(/<input [^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    if (name !== undefined) fields[textOf(name)] = textOf(/value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  return { action: new URL(textOf(action), url).href, fields };
}

function textOf(html: string): string {
  return html.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}
