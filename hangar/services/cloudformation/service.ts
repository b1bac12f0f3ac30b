// CloudFormation: stacks of resources from templates.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { receiveResponse } from "./http/receive-response.ts";
import { cancelUpdateStack } from "./operations/cancel-update-stack.ts";
import { continueUpdateRollback } from "./operations/continue-update-rollback.ts";
import { createChangeSet } from "./operations/create-change-set.ts";
import { createStack } from "./operations/create-stack.ts";
import { deleteChangeSet } from "./operations/delete-change-set.ts";
import { deleteStack } from "./operations/delete-stack.ts";
import { describeChangeSet } from "./operations/describe-change-set.ts";
import { describeEvents } from "./operations/describe-events.ts";
import { describeStackDriftDetectionStatus } from "./operations/describe-stack-drift-detection-status.ts";
import { describeStackEvents } from "./operations/describe-stack-events.ts";
import { describeStackResource } from "./operations/describe-stack-resource.ts";
import { describeStackResourceDrifts } from "./operations/describe-stack-resource-drifts.ts";
import { describeStackResources } from "./operations/describe-stack-resources.ts";
import { describeStacks } from "./operations/describe-stacks.ts";
import { describeType } from "./operations/describe-type.ts";
import { detectStackDrift } from "./operations/detect-stack-drift.ts";
import { detectStackResourceDrift } from "./operations/detect-stack-resource-drift.ts";
import { executeChangeSet } from "./operations/execute-change-set.ts";
import { getHookResult } from "./operations/get-hook-result.ts";
import { getStackPolicy } from "./operations/get-stack-policy.ts";
import { getTemplate } from "./operations/get-template.ts";
import { getTemplateSummary } from "./operations/get-template-summary.ts";
import { listChangeSets } from "./operations/list-change-sets.ts";
import { listExports } from "./operations/list-exports.ts";
import { listHookResults } from "./operations/list-hook-results.ts";
import { listImports } from "./operations/list-imports.ts";
import { listStackResources } from "./operations/list-stack-resources.ts";
import { listStacks } from "./operations/list-stacks.ts";
import { rollbackStack } from "./operations/rollback-stack.ts";
import { setStackPolicy } from "./operations/set-stack-policy.ts";
import { updateStack } from "./operations/update-stack.ts";
import { updateTerminationProtection } from "./operations/update-termination-protection.ts";
import { validateTemplate } from "./operations/validate-template.ts";
import { cdkMetadata } from "./resources/cdk-metadata.ts";
import { nativeTypes } from "./resources/custom/native-types.ts";
import { waitConditionHandle } from "./resources/wait-condition.ts";
import { tables } from "./store.ts";
import { execute } from "./workers/execute.ts";
import { notify } from "./workers/notify.ts";
import { seedToolkit } from "./workers/seed-toolkit.ts";

export const service = defineService<typeof tables>({
  name: "cloudformation",
  tables,
  operations: {
    CancelUpdateStack: cancelUpdateStack,
    ContinueUpdateRollback: continueUpdateRollback,
    CreateChangeSet: createChangeSet,
    CreateStack: createStack,
    DeleteChangeSet: deleteChangeSet,
    DeleteStack: deleteStack,
    DescribeChangeSet: describeChangeSet,
    DescribeEvents: describeEvents,
    DescribeStackDriftDetectionStatus: describeStackDriftDetectionStatus,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResource: describeStackResource,
    DescribeStackResourceDrifts: describeStackResourceDrifts,
    DescribeStackResources: describeStackResources,
    DescribeStacks: describeStacks,
    DescribeType: describeType,
    DetectStackDrift: detectStackDrift,
    DetectStackResourceDrift: detectStackResourceDrift,
    ExecuteChangeSet: executeChangeSet,
    GetHookResult: getHookResult,
    GetStackPolicy: getStackPolicy,
    GetTemplate: getTemplate,
    GetTemplateSummary: getTemplateSummary,
    ListChangeSets: listChangeSets,
    ListExports: listExports,
    ListHookResults: listHookResults,
    ListImports: listImports,
    ListStackResources: listStackResources,
    ListStacks: listStacks,
    RollbackStack: rollbackStack,
    SetStackPolicy: setStackPolicy,
    UpdateStack: updateStack,
    UpdateTerminationProtection: updateTerminationProtection,
    ValidateTemplate: validateTemplate,
  },
  access,
  workers: { execute, notify },
  resources: [cdkMetadata, waitConditionHandle, ...nativeTypes],
  http: [receiveResponse],
  seed: seedToolkit,
});
