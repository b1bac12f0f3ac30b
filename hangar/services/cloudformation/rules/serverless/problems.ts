// What is wrong with a serverless template, in SAM's words.

type Kind = "resource" | "event" | "template" | "document";

/** `document`: the whole transform ends with it; the others are collected. */
export class ServerlessProblem extends Error {
  readonly kind: Kind;

  constructor(kind: Kind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export function resourceProblem(logicalId: string, message: string): ServerlessProblem {
  return new ServerlessProblem("resource", `Resource with id [${logicalId}] is invalid. ${message}`);
}

export function eventProblem(eventId: string, message: string): ServerlessProblem {
  return new ServerlessProblem("event", `Event with id [${eventId}] is invalid. ${message}`);
}

export function templateProblem(message: string): ServerlessProblem {
  return new ServerlessProblem("template", `Structure of the SAM template is invalid. ${message}`);
}

export function documentProblem(causes: readonly string[]): ServerlessProblem {
  const unique = [...new Set(causes)];
  const summary = `Invalid Serverless Application Specification document. Number of errors found: ${unique.length}.`;
  return new ServerlessProblem("document", [summary, ...unique].join(" "));
}

/** A definition that is no OpenAPI: nothing else of the template is looked at. */
export function definitionProblem(message: string): ServerlessProblem {
  return documentProblem([templateProblem(message).message]);
}

/** An event's problem is one of its function. */
export function withinResource<Value>(logicalId: string, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof ServerlessProblem && error.kind === "event") throw resourceProblem(logicalId, error.message);
    throw error;
  }
}
