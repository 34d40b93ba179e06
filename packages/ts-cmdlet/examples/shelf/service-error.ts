import { CmdletError, type CmdletErrorDetails } from 'ts-cmdlet';

type Explanation = Pick<CmdletErrorDetails, 'errorId' | 'category' | 'message' | 'recommendedAction'>;

/** What a status of the service means for a user of the cmdlets. */
const explanations = new Map<number, Explanation>([
  [
    400,
    {
      errorId: 'InvalidItemName',
      category: 'InvalidArgument',
      message: 'The service does not take this name.',
      recommendedAction: 'Choose a name of letters, digits, spaces and . _ -.',
    },
  ],
  [
    401,
    {
      errorId: 'KeyRefused',
      category: 'AuthenticationError',
      message: 'The service does not take the key.',
      recommendedAction: 'Run Connect-Shelf with the key of this shelf.',
    },
  ],
  [
    404,
    {
      errorId: 'ItemNotFound',
      category: 'ObjectNotFound',
      message: 'There is no such item.',
      recommendedAction: 'Look for its name with Get-ShelfItem.',
    },
  ],
  [
    412,
    {
      errorId: 'ItemExists',
      category: 'ResourceExists',
      message: 'There is such an item already.',
      recommendedAction: 'Choose another name, or remove the item first.',
    },
  ],
]);

/** The error for an answer whose status is not 2xx. `target` is the item, or the service. */
export function serviceRefused(status: number, target: string): CmdletError {
  const unexplained: Explanation = {
    errorId: 'ServiceFailed',
    category: 'InvalidResult',
    message: `The service answered with the status ${status}.`,
    recommendedAction: 'Try again later.',
  };
  const { message, ...explanation } = explanations.get(status) ?? unexplained;
  return new CmdletError({ ...explanation, message: `${target}: ${message}`, target });
}

/** The error for an answer of another shape than the service's. */
export function answerInvalid(reason: string): CmdletError {
  return new CmdletError({
    errorId: 'ServiceAnswerInvalid',
    category: 'InvalidData',
    message: `The service gave an answer that a shelf does not give: ${reason}.`,
    recommendedAction: 'See whether the address is that of a shelf.',
  });
}

/** Whether an error is of one item, so that the next one can still be dealt with. */
export function isOfOneItem(error: unknown): error is CmdletError {
  return (
    error instanceof CmdletError &&
    !['KeyRefused', 'NotConnected', 'ServiceUnreachable'].includes(error.details.errorId)
  );
}
