// Tells of a resource type, from the facts CloudFormation publishes. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeType.html

import type { DescribeTypeInput, DescribeTypeOutput } from "../../../models/cloudformation.d.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { typeMissing } from "../errors.ts";
import { typeSchema } from "../rules/type-schema.ts";
import { operation } from "../store.ts";

export const describeType = operation<DescribeTypeInput, DescribeTypeOutput>((input, { region, ports }) => {
  const name = input.TypeName ?? input.Arn?.split("/").at(-1)?.replaceAll("-", "::") ?? "";
  const facts = loadCloudFormationType(name);
  if (facts === undefined) throw typeMissing(`The type '${name}' cannot be found.`);
  const handler = ports.resources.resourceType(name);
  return {
    Arn: `arn:aws:cloudformation:${region}::type/resource/${name.replaceAll("::", "-")}`,
    Type: "RESOURCE",
    TypeName: name,
    Schema: JSON.stringify(typeSchema(facts)),
    ProvisioningType:
      handler === undefined ? "NON_PROVISIONABLE" : handler.update === undefined ? "IMMUTABLE" : "FULLY_MUTABLE",
    DeprecatedStatus: "LIVE",
    Visibility: "PUBLIC",
  };
});
