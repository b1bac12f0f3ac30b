// What a WebSocket stage needs of its account: the role that writes its logs, and the certificate that it shows.

import { badRequest } from "../errors.ts";
import type { ApiGatewayV2Context, ApiRow, StageRow } from "../store.ts";

export async function checkAccount({ ports }: ApiGatewayV2Context, api: ApiRow, row: StageRow): Promise<void> {
  if (api.ProtocolType !== "WEBSOCKET") return;
  const { ClientCertificateId: certificate, DefaultRouteSettings = {}, RouteSettings = {} } = row;
  if (certificate !== undefined && (await ports.apiAccount.clientCertificate(certificate)) === undefined)
    throw badRequest("Invalid Client Certificate identifier specified");
  const logs =
    row.AccessLogSettings !== undefined ||
    [DefaultRouteSettings, ...Object.values(RouteSettings)].some((each) => (each.LoggingLevel ?? "OFF") !== "OFF");
  if (logs && !(await ports.apiAccount.writesLogs()))
    throw badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
}
