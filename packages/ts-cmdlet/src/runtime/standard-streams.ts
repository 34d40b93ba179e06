/**
 * Marks in what this process prints, and the programs that it starts, that all before it belongs to the calls up to this one:
 * PowerShell reads that another way than messages.
 */
export async function markPrinted(call: number): Promise<void> {
  const mark = `\u001e${call}\n`;
  await Promise.all(
    [process.stdout, process.stderr].map(
      stream => new Promise<void>(resolve => void stream.write(mark, () => resolve())),
    ),
  );
}
