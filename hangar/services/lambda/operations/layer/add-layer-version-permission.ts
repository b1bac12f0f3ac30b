// Lets other accounts use a layer version. https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html

import type {
  AddLayerVersionPermissionRequest,
  AddLayerVersionPermissionResponse,
} from "../../../../models/lambda.d.ts";
import { conflict } from "../../errors.ts";
import { checkRevision } from "../../rules/find.ts";
import { layerVersion } from "../../rules/layers.ts";
import { principalOf } from "../../rules/policy.ts";
import { operation, type StatementRow } from "../../store.ts";

export const addLayerVersionPermission = operation<AddLayerVersionPermissionRequest, AddLayerVersionPermissionResponse>(
  (input, context) => {
    const { arn } = layerVersion(context, input.LayerName, input.VersionNumber);
    const policy = context.store.policies.get(arn);
    if (policy?.statements.some((each) => each.Sid === input.StatementId) === true)
      throw conflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    checkRevision(input.RevisionId, policy?.revisionId, "GetLayerPolicy");
    const statement: StatementRow = {
      Sid: input.StatementId,
      Effect: "Allow",
      Principal: principalOf(input.Principal),
      Action: input.Action,
      Resource: arn,
      ...(input.OrganizationId === undefined
        ? {}
        : { Condition: { StringEquals: { "aws:PrincipalOrgID": input.OrganizationId } } }),
    };
    const revisionId = context.ids.uuid();
    context.store.policies.put(arn, { revisionId, statements: [...(policy?.statements ?? []), statement] });
    return { Statement: JSON.stringify(statement), RevisionId: revisionId };
  },
);
