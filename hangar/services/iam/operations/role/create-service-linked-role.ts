// Creates the role by which an AWS service acts in the account. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html

import type { CreateServiceLinkedRoleInput, CreateServiceLinkedRoleOutput } from "../../../../models/iam.d.ts";
import { invalidInput } from "../../errors.ts";
import { roleSummary } from "../../rules/answers.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { putRole } from "../../rules/holders.ts";
import { newRole } from "../../rules/roles.ts";
import { serviceLinkedRole } from "../../rules/service-linked-roles.ts";
import { accountStore, nameKey, operation } from "../../store.ts";

export const createServiceLinkedRole = operation<CreateServiceLinkedRoleInput, CreateServiceLinkedRoleOutput>(
  (input, context) => {
    const { AWSServiceName, CustomSuffix, Description } = input;
    const facts = serviceLinkedRole(AWSServiceName);
    if (facts === undefined) throw notEmulated(`the service-linked role of ${AWSServiceName}`);
    if (CustomSuffix !== undefined && !facts.suffix)
      throw invalidInput(`Custom suffix is not allowed for ${AWSServiceName}`);
    const RoleName = CustomSuffix === undefined ? facts.name : `${facts.name}_${CustomSuffix}`;
    if (accountStore(context).roles.has(nameKey(RoleName)))
      throw invalidInput(
        `Service role name ${RoleName} has been taken in this account, please try a different suffix.`,
      );
    const trust = trustOf({ Effect: "Allow", Principal: { Service: AWSServiceName }, Action: "sts:AssumeRole" });
    const role = {
      ...newRole(context, {
        RoleName,
        Path: `/aws-service-role/${AWSServiceName}/`,
        trust,
        Description: Description ?? facts.description,
        MaxSessionDuration: 3600,
        tags: [],
      }),
      attached: facts.policies,
    };
    putRole(context, role);
    // This answer alone has lists where the role itself, by GetRole, has texts.
    const shown = trustOf({ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: [AWSServiceName] } });
    return { Role: roleSummary({ ...role, trust: shown }) };
  },
);

const trustOf = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
