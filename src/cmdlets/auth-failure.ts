import { AuthError, type AuthErrorCode } from '../auth/auth-error.ts';
import { type Cmdlet, CmdletError, type Plan } from '../host/cmdlet.ts';
import type { ErrorCategory } from '../host/messages.ts';

const kinds: Readonly<Record<AuthErrorCode, readonly [ErrorCategory, exceptionType: string]>> = {
  InvalidApplicationId: ['InvalidArgument', 'System.ArgumentException'],
  InvalidTenant: ['InvalidArgument', 'System.ArgumentException'],
  InvalidCertificateThumbprint: ['InvalidArgument', 'System.ArgumentException'],
  TenantRequired: ['InvalidArgument', 'System.ArgumentException'],
  TenantMismatch: ['InvalidArgument', 'System.ArgumentException'],
  ConflictingClientCredentials: ['InvalidArgument', 'System.ArgumentException'],
  MalformedAccessToken: ['InvalidData', 'System.ArgumentException'],
  ExpiredAccessToken: ['AuthenticationError', 'System.Security.Authentication.AuthenticationException'],
  FlowNotAvailable: ['NotImplemented', 'System.NotImplementedException'],
};

/** A cmdlet over src/auth: its errors become those of a cmdlet, their codes the error ids. */
export function withAuthErrors<Parameters, P extends Plan>(cmdlet: Cmdlet<Parameters, P>): Cmdlet<Parameters, P> {
  return {
    plan(parameters) {
      try {
        return cmdlet.plan(parameters);
      } catch (error) {
        throw toCmdletError(error);
      }
    },
    async run(plan, invocation) {
      try {
        await cmdlet.run(plan, invocation);
      } catch (error) {
        throw toCmdletError(error);
      }
    },
  };
}

function toCmdletError(error: unknown): unknown {
  if (!(error instanceof AuthError)) return error;
  const [category, exceptionType] = kinds[error.code];
  return new CmdletError({
    errorId: error.code,
    category,
    exceptionType,
    message: error.message,
    recommendedAction: error.recommendedAction,
    target: error.target,
    cause: error,
  });
}
