// Every error Cognito user pools return, in AWS's words.

import { AwsError, notEmulated } from "../../kernel/aws-error.ts";
import type { Violation } from "../../cloud/service.ts";
import { isDomainPattern } from "./rules/domain-name.ts";
import type { Failing } from "./rules/web-authn.ts";

export { notEmulated };

/** Cognito's word for broken modelled constraints. */
export function brokenConstraints(all: readonly Violation[], operation: string): AwsError | undefined {
  const found = all.filter((each) => !isDomainPattern(each, operation));
  if (found.length === 0) return undefined;
  const count = `${found.length} validation error${found.length === 1 ? "" : "s"} detected: `;
  return invalidParameter(count + found.map(({ message }) => message).join("; "));
}

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

export function notAuthorized(message: string): AwsError {
  return new AwsError("NotAuthorizedException", message);
}

export function poolNotFound(id: string): AwsError {
  return notFound(`User pool ${id} does not exist.`);
}

export function clientNotFound(id: string): AwsError {
  return notFound(`User pool client ${id} does not exist.`);
}

export function userNotFound(message = "User does not exist."): AwsError {
  return new AwsError("UserNotFoundException", message);
}

export function usernameExists(message: string): AwsError {
  return new AwsError("UsernameExistsException", message);
}

export function aliasExists(message: string): AwsError {
  return new AwsError("AliasExistsException", message);
}

export function groupExists(name: string): AwsError {
  return new AwsError("GroupExistsException", `A group with the name ${name} already exists.`);
}

export function invalidPassword(reason: string): AwsError {
  return new AwsError("InvalidPasswordException", `Password did not conform with policy: ${reason}`);
}

export function passwordUsedBefore(): AwsError {
  return new AwsError(
    "PasswordHistoryPolicyViolationException",
    "Password has previously been used. Please try again with a different password.",
  );
}

export function wrongPassword(): AwsError {
  return notAuthorized("Incorrect username or password.");
}

export function userNotConfirmed(): AwsError {
  return new AwsError("UserNotConfirmedException", "User is not confirmed.");
}

export function passwordResetRequired(): AwsError {
  return new AwsError("PasswordResetRequiredException", "Password reset required for the user");
}

export function codeMismatch(message = "Invalid verification code provided, please try again."): AwsError {
  return new AwsError("CodeMismatchException", message);
}

export function expiredCode(message = "Invalid code provided, please request a code again."): AwsError {
  return new AwsError("ExpiredCodeException", message);
}

export function limitExceeded(message = "Attempt limit exceeded, please try after some time."): AwsError {
  return new AwsError("LimitExceededException", message);
}

export function unsupportedUserState(message: string): AwsError {
  return new AwsError("UnsupportedUserStateException", message);
}

export function softwareTokenNotEnabled(): AwsError {
  return new AwsError("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool");
}

export function enableSoftwareToken(): AwsError {
  return new AwsError("EnableSoftwareTokenMFAException", "Code mismatch");
}

export function lambdaRefused(trigger: string, message: string): AwsError {
  return new AwsError("UserLambdaValidationException", `${trigger} failed with error ${message}.`);
}

export function lambdaNotInvoked(trigger: string, code: string): AwsError {
  return new AwsError("UnexpectedLambdaException", `${trigger} invocation failed due to error ${code}.`);
}

export function badLambdaAnswer(message = "Unrecognizable lambda output"): AwsError {
  return new AwsError("InvalidLambdaResponseException", message);
}

export function scopeDoesNotExist(message: string): AwsError {
  return new AwsError("ScopeDoesNotExistException", message);
}

export function invalidOAuthFlow(message: string): AwsError {
  return new AwsError("InvalidOAuthFlowException", message);
}

export function unsupportedToken(message: string): AwsError {
  return new AwsError("UnsupportedTokenTypeException", message);
}

export function unsupportedOperation(message: string): AwsError {
  return new AwsError("UnsupportedOperationException", message);
}

export function duplicateProvider(message: string): AwsError {
  return new AwsError("DuplicateProviderException", message);
}

export function brandingExists(): AwsError {
  return new AwsError("ManagedLoginBrandingExistsException", "The app client has a managed login branding already.");
}

export function passkeysNotEnabled(): AwsError {
  return new AwsError("WebAuthnNotEnabledException", "Passkeys are not enabled for this user pool.");
}

export function passkeysNotConfigured(): AwsError {
  return new AwsError("WebAuthnConfigurationMissingException", "The user pool has no relying party for passkeys.");
}

export function tooManyPasskeys(): AwsError {
  return limitExceeded("The user has as many passkeys as a user may have.");
}

/** Why what an authenticator answered cannot be taken. */
export function passkeyFailure(failing: Failing): AwsError {
  switch (failing) {
    case "challenge":
      return new AwsError("WebAuthnChallengeNotFoundException", "The challenge is not one that waits for an answer.");
    case "origin":
      return new AwsError("WebAuthnOriginNotAllowedException", "The origin is not allowed for the relying party.");
    case "relyingParty":
      return new AwsError("WebAuthnRelyingPartyMismatchException", "The credential is another relying party's.");
    case "algorithm":
      return new AwsError("WebAuthnCredentialNotSupportedException", "The credential's algorithm is not supported.");
    case "verification":
      return new AwsError("WebAuthnCredentialNotSupportedException", "The authenticator did not verify its user.");
    case "malformed":
      return invalidParameter("The credential is not well-formed.");
  }
}

export function deviceKeyExists(): AwsError {
  return new AwsError("DeviceKeyExistsException", "Device already exists");
}

export function refreshTokenReused(): AwsError {
  return new AwsError("RefreshTokenReuseException", "Refresh token has been invalidated");
}
