// A request that is refused or cannot be finished: what the caller is told, and what only logs say.

export type RefusalFacts = {
  /** `$context.error.responseType`. */
  readonly type?: string;
  readonly headers?: readonly (readonly [string, string])[];
  /** `$context.integrationErrorMessage` or `$context.authorizer.error`. */
  readonly reason?: string;
};

export class Refusal extends Error {
  readonly status: number;
  readonly facts: RefusalFacts;

  constructor(status: number, message: string, facts: RefusalFacts = {}) {
    super(message);
    this.status = status;
    this.facts = facts;
  }
}

export const refusals = {
  notFound: () => new Refusal(404, "Not Found"),
  forbidden: (facts: RefusalFacts = {}) => new Refusal(403, "Forbidden", { type: "ACCESS_DENIED", ...facts }),
  unauthorized: (facts: RefusalFacts = {}) => new Refusal(401, "Unauthorized", { type: "UNAUTHORIZED", ...facts }),
  badParameters: (names: readonly string[]) =>
    new Refusal(400, `Missing required request parameters: [${names.join(", ")}]`, { type: "BAD_REQUEST_PARAMETERS" }),
  badBody: (reason: string) => new Refusal(400, "Invalid request body", { type: "BAD_REQUEST_BODY", reason }),
  throttled: () => new Refusal(429, "Too Many Requests", { type: "THROTTLED" }),
  tooLarge: () => new Refusal(413, "Request Entity Too Large", { type: "REQUEST_TOO_LARGE" }),
  headersTooLarge: () => new Refusal(431, "Request Header Fields Too Large"),
  failed: (reason: string) => new Refusal(500, "Internal Server Error", { type: "INTEGRATION_FAILURE", reason }),
  /** WebSocket APIs tell a function that failed from an integration that cannot be asked. */
  functionFailed: (reason: string) =>
    new Refusal(502, "Internal server error", { type: "INTEGRATION_FAILURE", reason }),
  endpointTimedOut: () =>
    new Refusal(504, "Endpoint request timed out", {
      type: "INTEGRATION_TIMEOUT",
      reason: "Endpoint request timed out",
    }),
  authorizerFailed: (reason: string) =>
    new Refusal(500, "Internal Server Error", { type: "AUTHORIZER_FAILURE", reason }),
  unavailable: (reason: string) => new Refusal(503, "Service Unavailable", { type: "INTEGRATION_FAILURE", reason }),
  timedOut: () =>
    new Refusal(503, "Service Unavailable", { type: "INTEGRATION_TIMEOUT", reason: "Endpoint request timed out" }),
} as const;
