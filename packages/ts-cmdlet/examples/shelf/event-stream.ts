import type { Response } from 'undici';

/**
 * Gives the data of each event of an answer, until the service ends it: what
 * https://html.spec.whatwg.org/multipage/server-sent-events.html calls an event stream, with no more than `data`.
 */
export async function* readEvents({ body }: Response): AsyncGenerator<string> {
  let rest = '';
  for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (rest + text).split(/\r?\n\r?\n/);
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event.split(/\r?\n/).filter(line => line.startsWith('data:'));
      if (data.length > 0) yield data.map(line => line.slice('data:'.length).trimStart()).join('\n');
    }
  }
}
