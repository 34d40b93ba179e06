/**
 * Marks in what this process prints, and the programs that it starts, that all before it belongs to the calls up to this one:
 * PowerShell reads that another way than messages.
 */
export function markPrinted(call: number): Promise<void> {
  return printMark(`${call}`);
}

/** Marks there that a call begins, and all before it is of those before. */
export function markBeginning(): Promise<void> {
  return printMark('<');
}

async function printMark(text: string): Promise<void> {
  const mark = `\u001e${text}\n`;
  await Promise.all(
    [process.stdout, process.stderr].map(
      stream => new Promise<void>(resolve => void stream.write(mark, () => resolve())),
    ),
  );
}
