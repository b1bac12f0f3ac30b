// A request that API Gateway refuses or cannot finish: the type of gateway response that answers it.

import { gatewayResponseStatus } from "./gateway-responses.ts";

export type FailureFacts = {
  /** x-amzn-ErrorType. */
  readonly errorType: string;
  /** Null where AWS says `{"message":null}`. */
  readonly message: string | null;
  /** Where it is not the type's own. */
  readonly status?: number;
  readonly validationErrorString?: string;
  /** Denials spell `Message` with a capital where nobody chose other words. */
  readonly capital?: boolean;
  /** Failures of integrations have a space after the colon where nobody chose other words. */
  readonly spaced?: boolean;
  /** For the execution log. */
  readonly reason?: string;
};

export class GatewayFailure extends Error {
  readonly type: string;
  readonly facts: FailureFacts;

  constructor(type: string, facts: FailureFacts) {
    super(facts.message ?? "");
    this.type = type;
    this.facts = facts;
  }
}

const internal = { errorType: "InternalServerErrorException", message: "Internal server error", spaced: true };

export const failures = {
  missingToken: () =>
    new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", {
      errorType: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
    }),
  incompleteSignature: (message: string) =>
    new GatewayFailure("INVALID_SIGNATURE", { errorType: "IncompleteSignatureException", message }),
  forbidden: () => new GatewayFailure("INVALID_API_KEY", { errorType: "ForbiddenException", message: "Forbidden" }),
  unauthorized: () =>
    new GatewayFailure("UNAUTHORIZED", { errorType: "UnauthorizedException", message: "Unauthorized" }),
  tokenOver: () =>
    new GatewayFailure("UNAUTHORIZED", {
      errorType: "UnauthorizedException",
      message: "The incoming token has expired",
    }),
  denied: (message: string) =>
    new GatewayFailure("ACCESS_DENIED", { errorType: "AccessDeniedException", message, capital: true }),
  authorizerFailed: () =>
    new GatewayFailure("AUTHORIZER_FAILURE", { errorType: "AuthorizerFailureException", message: null }),
  authorizerMisconfigured: () =>
    new GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", {
      errorType: "AuthorizerConfigurationException",
      message: null,
    }),
  throttled: () =>
    new GatewayFailure("THROTTLED", { errorType: "TooManyRequestsException", message: "Too Many Requests" }),
  quotaExceeded: () =>
    new GatewayFailure("QUOTA_EXCEEDED", { errorType: "LimitExceededException", message: "Limit Exceeded" }),
  badParameters: (names: readonly string[]) =>
    new GatewayFailure("BAD_REQUEST_PARAMETERS", {
      errorType: "BadRequestException",
      message: `Missing required request parameters: [${names.join(", ")}]`,
    }),
  badBody: (validationErrorString: string) =>
    new GatewayFailure("BAD_REQUEST_BODY", {
      errorType: "BadRequestException",
      message: "Invalid request body",
      validationErrorString,
    }),
  tooLarge: () =>
    new GatewayFailure("REQUEST_TOO_LARGE", { errorType: "RequestTooLargeException", message: "Request Too Long" }),
  unsupportedMediaType: () =>
    new GatewayFailure("UNSUPPORTED_MEDIA_TYPE", {
      errorType: "BadRequestException",
      message: "Unsupported Media Type",
    }),
  timedOut: () =>
    new GatewayFailure("INTEGRATION_TIMEOUT", {
      errorType: "InternalServerErrorException",
      message: "Endpoint request timed out",
      spaced: true,
    }),
  unreachable: () =>
    new GatewayFailure("INTEGRATION_FAILURE", {
      errorType: "InternalServerErrorException",
      message: "Network error communicating with endpoint",
      spaced: true,
    }),
  misconfigured: (reason = "Invalid endpoint address") =>
    new GatewayFailure("API_CONFIGURATION_ERROR", { ...internal, reason }),
  /** A backend that answered what cannot be passed on. */
  badGateway: () =>
    new GatewayFailure("DEFAULT_5XX", { ...internal, status: 502, reason: "Malformed Lambda proxy response" }),
} as const;

/** Where the API has no words of its own. */
export function gatewayStatus({ type, facts }: GatewayFailure): number {
  return facts.status ?? gatewayResponseStatus[type] ?? 500;
}
