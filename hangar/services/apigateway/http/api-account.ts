// What WebSocket APIs ask of what an account's APIs share.

import type { ApiAccountPort, KeyAnswer, KeyUse } from "../../../ports/api-account.ts";
import { accountOf } from "../rules/account.ts";
import { GatewayFailure } from "../rules/failure.ts";
import { gatewayResponseStatus } from "../rules/gateway-responses.ts";
import type { ApiGatewayContext } from "../store.ts";
import { countCall, planOf } from "./plan-usage.ts";

export function apiAccountPort(context: ApiGatewayContext): ApiAccountPort {
  return {
    useKey: async (use) => answerOf(context, use),
    clientCertificate: async (id) => {
      const row = context.store.clientCertificates.get(id);
      return row === undefined ? undefined : { cert: row.pemEncodedCertificate, key: row.privateKey };
    },
    writesLogs: async () => accountOf(context.store).cloudwatchRoleArn !== undefined,
  };
}

/** Plans know methods of REST APIs alone: routes have the whole plan's limits. */
function answerOf(context: ApiGatewayContext, use: KeyUse): KeyAnswer {
  const call = { ...use, context, methods: [] };
  try {
    const found = planOf(call);
    countCall(call, found);
    return { id: found.row.id, value: found.row.value };
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    return { status: gatewayResponseStatus[error.type] ?? 500, message: error.message, responseType: error.type };
  }
}
