// Tries an authorizer with a request of one's own. https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeAuthorizer.html

import type { TestInvokeAuthorizerInput, TestInvokeAuthorizerOutput } from "../../../../models/apigateway.d.ts";
import { askAuthorizer } from "../../http/lambda-authorizer.ts";
import { testInvocation, testLog } from "../../http/test-invoke.ts";
import { askUserPools } from "../../http/user-pool-authorizer.ts";
import { GatewayFailure, gatewayStatus } from "../../rules/failure.ts";
import { authorizerOf, operation } from "../../store.ts";

export const testInvokeAuthorizer = operation<TestInvokeAuthorizerInput, TestInvokeAuthorizerOutput>(
  async (input, context) => {
    const authorizer = authorizerOf(context, input.restApiId, input.authorizerId);
    const invocation = testInvocation(context, input);
    const lines = [`Starting authorizer: ${authorizer.id}`];
    const latency = (): number => context.clock.now() - invocation.startedAt;
    try {
      if (authorizer.type === "COGNITO_USER_POOLS") {
        const claims = await askUserPools(invocation, authorizer, []);
        lines.push("Successfully completed authorizer execution");
        return { clientStatus: 0, log: testLog(invocation, lines), latency: latency(), claims };
      }
      // Nothing is kept of a test.
      const answer = await askAuthorizer(invocation, { ...authorizer, authorizerResultTtlInSeconds: 0 });
      const policy = JSON.stringify(answer.policy);
      lines.push(
        `Using valid authorizer policy for principal: ${answer.principalId}`,
        "Successfully completed authorizer execution",
      );
      return {
        clientStatus: 0,
        log: testLog(invocation, lines),
        latency: latency(),
        principalId: answer.principalId,
        policy,
      };
    } catch (error) {
      if (!(error instanceof GatewayFailure)) throw error;
      lines.push(`Execution failed: ${error.facts.errorType}`);
      return { clientStatus: gatewayStatus(error), log: testLog(invocation, lines), latency: latency() };
    }
  },
);
