// AWS Lambda: functions that really run, as processes of this machine.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { closeEngines, processKey } from "./engine/engines.ts";
import { runtimesDoor } from "./http/runtimes-door.ts";
import { codeDoor } from "./http/code-door.ts";
import { functionUrlDoor } from "./http/function-url-door.ts";
import { constraintsBroken } from "./errors.ts";
import { deliverToFunction, functionsPort } from "./port.ts";
import { lambdaAlias } from "./resources/alias.ts";
import { codeSigningConfig } from "./resources/code-signing-config.ts";
import { eventInvokeConfig } from "./resources/event-invoke-config.ts";
import { eventSourceMapping } from "./resources/event-source-mapping.ts";
import { lambdaFunction } from "./resources/function.ts";
import { layerVersionPermission } from "./resources/layer-version-permission.ts";
import { layerVersion } from "./resources/layer-version.ts";
import { lambdaPermission } from "./resources/permission.ts";
import { functionUrl } from "./resources/url.ts";
import { lambdaVersion } from "./resources/version.ts";
import { operations } from "./rules/operations.ts";
import { tables, type Tables } from "./store.ts";
import { invokeEvent } from "./workers/invoke-event.ts";
import { provisionVersion } from "./workers/provision.ts";
import { pollSource } from "./workers/poll-source.ts";

export const service = defineService<Tables>({
  name: "lambda",
  tables,
  operations,
  access,
  validationFailed: constraintsBroken,
  workers: { "invoke-event": invokeEvent, "poll-source": pollSource, provision: provisionVersion },
  resources: [
    lambdaFunction,
    lambdaVersion,
    lambdaAlias,
    lambdaPermission,
    eventSourceMapping,
    layerVersion,
    layerVersionPermission,
    eventInvokeConfig,
    functionUrl,
    codeSigningConfig,
  ],
  http: [functionUrlDoor, codeDoor],
  developerPaths: [runtimesDoor],
  provides: { functions: functionsPort },
  accepts: { arnService: "lambda", deliver: deliverToFunction },
  processKey,
  close: closeEngines,
});
