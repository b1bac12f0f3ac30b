// Mock integrations: the request template says which status the integration is to have answered.

import type { Integration } from "../../../models/apigateway.d.ts";
import { failures } from "../rules/failure.ts";
import type { IntegrationAnswer } from "../rules/integration-message.ts";
import type { Invocation } from "../rules/invocation.ts";
import { mappedBody } from "../rules/request-mapping.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";

/** Templates need not be strict JSON: the CDK writes `{ statusCode: 204 }`. */
const STATUS = /^\s*\{[^]*?["']?\bstatusCode["']?\s*:\s*["']?(\d{3})\b/;

export function mock(invocation: Invocation, integration: Integration, parse: Parse): IntegrationAnswer {
  const status = STATUS.exec(mappedBody(invocation, integration, parse).toString("utf8"))?.[1];
  if (status === undefined) throw failures.misconfigured("Unable to parse statusCode. It should be an integer");
  return { status: Number(status), headers: [], body: Buffer.alloc(0), selector: status };
}
