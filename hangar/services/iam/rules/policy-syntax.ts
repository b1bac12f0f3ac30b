// What AWS refuses in a policy document, in its words (MalformedPolicyDocument).

import { parseOperator } from "./conditions.ts";
import { isRecord, list } from "./policy-document.ts";

export type PolicyUse = "identity" | "trust";

const STATEMENT_ELEMENTS = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
]);
const TRUST_ACTIONS =
  /^(sts:(assumerole|assumerolewithsaml|assumerolewithwebidentity|tagsession|setsourceidentity|setcontext|\*|assume\*|assumerole\*)|\*)$/i;
const PRINCIPALS = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/** The complaint about a document, or undefined when AWS would take it. */
export function policyComplaint(text: string, use: PolicyUse): string | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return use === "trust" ? "This policy contains invalid Json" : "Syntax errors in policy.";
  }
  if (!isRecord(document)) return "Syntax errors in policy.";
  for (const key of Object.keys(document))
    if (!["Version", "Id", "Statement"].includes(key)) return "Syntax errors in policy.";
  const version = document["Version"];
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17")
    return use === "trust" ? "Syntax errors in policy." : "Policy document must be version 2012-10-17 or greater.";
  if (document["Statement"] === undefined) return "Syntax errors in policy.";
  const statements = list(document["Statement"]);
  for (const statement of statements) {
    const complaint = isRecord(statement) ? statementComplaint(statement, use) : "Syntax errors in policy.";
    if (complaint !== undefined) return complaint;
  }
  const sids = statements
    .filter(isRecord)
    .flatMap((statement) =>
      typeof statement["Sid"] === "string" && statement["Sid"] !== "" ? [statement["Sid"]] : [],
    );
  return new Set(sids).size === sids.length ? undefined : "Statement IDs (SID) in a single policy must be unique.";
}

function statementComplaint(statement: Readonly<Record<string, unknown>>, use: PolicyUse): string | undefined {
  for (const key of Object.keys(statement)) if (!STATEMENT_ELEMENTS.has(key)) return "Syntax errors in policy.";
  if (statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny") return "Syntax errors in policy.";
  if (both(statement, "Action") || both(statement, "Resource") || both(statement, "Principal"))
    return "Syntax errors in policy.";
  if (typeof (statement["Sid"] ?? "") !== "string") return "Syntax errors in policy.";
  return (
    actionComplaint(statement) ??
    (use === "trust" ? trustComplaint(statement) : identityComplaint(statement)) ??
    conditionComplaint(statement["Condition"])
  );
}

function both(statement: Readonly<Record<string, unknown>>, element: string): boolean {
  return statement[element] !== undefined && statement[`Not${element}`] !== undefined;
}

function actionComplaint(statement: Readonly<Record<string, unknown>>): string | undefined {
  const actions = list(statement["Action"] ?? statement["NotAction"]);
  if (actions.length === 0) return "Policy statement must contain actions.";
  for (const action of actions) {
    if (typeof action !== "string") return "Syntax errors in policy.";
    if (action === "*") continue;
    const parts = action.split(":");
    if (parts.length < 2) return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    if (parts.length > 2) return "Actions/Condition can contain only one colon.";
    if (!/^[a-zA-Z0-9\-.*?]+$/.test(parts[0] ?? "")) return `Vendor ${parts[0] ?? ""} is not valid`;
  }
  return undefined;
}

function identityComplaint(statement: Readonly<Record<string, unknown>>): string | undefined {
  if (statement["Principal"] !== undefined || statement["NotPrincipal"] !== undefined)
    return "Policy document should not specify a principal.";
  const resources = list(statement["Resource"] ?? statement["NotResource"]);
  if (resources.length === 0 && statement["Resource"] === undefined && statement["NotResource"] === undefined)
    return "Policy statement must contain resources.";
  for (const resource of resources) {
    if (typeof resource !== "string") return "Syntax errors in policy.";
    if (resource === "*" || resource === "") continue;
    if (!/^(arn|\*)/.test(resource) || !resource.includes(":"))
      return `Resource ${resource} must be in ARN format or "*".`;
    const [, partition = "", vendor = ""] = resource.split(":");
    if (!/^[\w\-*?${}:]+$/.test(partition)) return `Partition "${partition}" is not valid for resource "${resource}".`;
    if (resource.startsWith("arn:") && resource.split(":").length < 6 && !resource.endsWith("*"))
      return `Resource ${resource} must be in ARN format or "*".`;
    if (vendor === "" && resource.startsWith("arn:")) return "The policy failed legacy parsing";
  }
  return undefined;
}

function trustComplaint(statement: Readonly<Record<string, unknown>>): string | undefined {
  if (statement["Resource"] !== undefined || statement["NotResource"] !== undefined)
    return "Has prohibited field Resource";
  const principal = statement["Principal"] ?? statement["NotPrincipal"];
  if (principal === undefined) return "Missing required field Principal";
  for (const action of list(statement["Action"] ?? statement["NotAction"])) {
    if (!TRUST_ACTIONS.test(String(action))) return "AssumeRole policy may only specify STS AssumeRole actions.";
  }
  return principalComplaint(principal);
}

function principalComplaint(principal: unknown): string | undefined {
  if (principal === "*") return undefined;
  if (!isRecord(principal)) return "Syntax errors in policy.";
  for (const [kind, values] of Object.entries(principal)) {
    if (!PRINCIPALS.has(kind)) return `Invalid principal in policy: "${kind}":"${String(list(values)[0])}"`;
    for (const value of list(values))
      if (typeof value !== "string" || !principalIsValid(kind, value))
        return `Invalid principal in policy: "${kind}":"${String(value)}"`;
  }
  return undefined;
}

function principalIsValid(kind: string, value: string): boolean {
  if (kind === "AWS")
    return (
      value === "*" ||
      /^\d{12}$/.test(value) ||
      /^A(ROA|IDA)[A-Z0-9]{12,}$/.test(value) ||
      /^arn:[\w-]+:(iam|sts)::(\d{12}|cloudfront):.+$/.test(value)
    );
  if (kind === "Service") return /^[\w.-]+\.[\w.]+$/.test(value);
  return value !== "";
}

function conditionComplaint(condition: unknown): string | undefined {
  if (condition === undefined) return undefined;
  if (!isRecord(condition)) return "Syntax errors in policy.";
  for (const [operator, keys] of Object.entries(condition)) {
    if (parseOperator(operator) === undefined || !isRecord(keys)) return "Syntax errors in policy.";
    for (const values of Object.values(keys)) {
      if (list(values).some((value) => value !== null && typeof value === "object")) return "Syntax errors in policy.";
    }
  }
  return undefined;
}
