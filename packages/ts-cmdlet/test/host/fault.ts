import type { TestShell } from 'powershell-driver/session';
import { type Static, Type } from 'typebox';

const Fault = Type.Object({
  id: Type.String(),
  message: Type.String(),
  action: Type.String(),
  printed: Type.String(),
  errors: Type.Integer(),
});

/** The error that ends a call, which must fail: what it says, what the core has printed, and how many are in `$Error`. */
export async function faultOf(shell: TestShell, call: string): Promise<Static<typeof Fault> | undefined> {
  const [fault] = await shell.run(
    Fault,
    `$Error.Clear()
    try { $null = ${call}; throw 'nothing was thrown' } catch {
      @{ id = $_.FullyQualifiedErrorId; message = $_.ErrorDetails.Message; action = $_.ErrorDetails.RecommendedAction
         printed = "$($_.Exception.Data['StandardError'])"; errors = $Error.Count } }`,
  );
  return fault;
}
