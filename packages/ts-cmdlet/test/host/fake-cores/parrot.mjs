// A core that greets properly, and says in a call what its Text or Path has in base64, with the call's id for "@id" and for
// "@whatIf" whether the call has -WhatIf; then it answers the call properly.
import { messages, sayReady, send, write } from './connection.mjs';

const answer = (id, result) => send({ id, result });

process.on('SIGINT', () => {});
sayReady();
for await (const { id, method, params } of messages()) {
  if (method === 'ping') answer(id, {});
  else if (method === 'cmdlet/end') answer(id, null);
  else if (method === 'cmdlet/invoke') {
    const { Path = '', Text = Path } = { ...params.commandLine, ...params.parameters };
    const said = Buffer.from(Text, 'base64').toString('latin1');
    const text = said.replaceAll('"@id"', String(id)).replaceAll('"@whatIf"', String(params.whatIf === true));
    write(Buffer.from(text, 'latin1'));
    answer(id, null);
  }
}
