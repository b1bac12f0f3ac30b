// Tables that CloudFormation made, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { ask, deploy, recorded, shows } from "./session.ts";

async function billing(s: Session, BillingMode: string): Promise<void> {
  await deploy(s, "table-billing-mode", { BillingMode });
  await shows(s, "table_description", "dynamodb", "DescribeTable", { TableName: "recorded" });
}

recorded(import.meta.url, "dynamodb", {
  async test_default_name_for_table(s) {
    const { ids } = await deploy(s, "table");
    const TableName = ids["Table"];
    await shows(s, "table_description", "dynamodb", "DescribeTable", { TableName });
    const ResourceArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
    // The stack's own tags were not recorded.
    const answer = await ask(s, "dynamodb", "ListTagsOfResource", { ResourceArn });
    const Tags = (answer["Tags"] as { readonly Key: string }[]).filter(({ Key }) => !Key.startsWith("aws:"));
    s.matches("list_tags_of_resource", { ...answer, Tags });
  },
  "test_billing_mode_as_conditional[PROVISIONED]": (s) => billing(s, "PROVISIONED"),
  "test_billing_mode_as_conditional[PAY_PER_REQUEST]": (s) => billing(s, "PAY_PER_REQUEST"),
});
