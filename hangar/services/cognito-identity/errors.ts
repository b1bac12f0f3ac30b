// Every error identity pools return, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

/** Its word for broken modelled constraints too. */
export function brokenConstraints(found: readonly { readonly message: string }[]): AwsError {
  const count = `${found.length} validation error${found.length === 1 ? "" : "s"} detected: `;
  return invalidParameter(count + found.map(({ message }) => message).join("; "));
}

export function poolNotFound(id: string): AwsError {
  return new AwsError("ResourceNotFoundException", `IdentityPool '${id}' not found.`);
}

export function identityNotFound(id: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Identity '${id}' not found.`);
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

export function notAuthorized(message: string): AwsError {
  return new AwsError("NotAuthorizedException", message);
}

export function invalidLogin(why: string): AwsError {
  return notAuthorized(`Invalid login token. ${why}`);
}

export function unsupportedProvider(): AwsError {
  return notAuthorized("Token is not from a supported provider of this identity pool.");
}

export function loginsDontMatch(): AwsError {
  return notAuthorized(
    "Logins don't match. Please include at least one valid login for this identity or identity pool.",
  );
}

export function alreadyLinked(): AwsError {
  return new AwsError("ResourceConflictException", "Logins are already linked to another account");
}

export function developerUserTaken(): AwsError {
  return new AwsError(
    "DeveloperUserAlreadyRegisteredException",
    "The developer user identifier is already associated with another identity.",
  );
}

export function badRoles(): AwsError {
  return new AwsError(
    "InvalidIdentityPoolConfigurationException",
    "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
  );
}
