// A core that greets properly, and says in a call what its Text or Path has in base64, with the call's id for "@id" and for
// "@whatIf" whether the call has -WhatIf; then it answers the call properly.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

function write(text, encoding) {
  const bytes = Buffer.from(text, encoding);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(1, bytes, sent);
}
const answer = (id, result) => write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);

process.on('SIGINT', () => {});
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') answer(id, { protocolVersion: 5, nodeVersion: process.versions.node });
  else if (method === 'ping') answer(id, {});
  else if (method === 'cmdlet/end') answer(id, null);
  else if (method === 'cmdlet/invoke') {
    const { Path = '', Text = Path } = { ...params.commandLine, ...params.parameters };
    const said = Buffer.from(Text, 'base64').toString('latin1');
    write(said.replaceAll('"@id"', String(id)).replaceAll('"@whatIf"', String(params.whatIf === true)), 'latin1');
    answer(id, null);
  }
}
