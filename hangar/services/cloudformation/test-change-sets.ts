// What the suites of change sets share: a set proposed, and stacks that go.

import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type CreateChangeSetCommandInput,
  type DescribeChangeSetCommandOutput,
} from "@aws-sdk/client-cloudformation";
import { type StackCloud } from "./workers/test-cloud.ts";

export type Asked = Partial<CreateChangeSetCommandInput> & { readonly values?: boolean };

export async function propose(
  at: StackCloud,
  StackName: string,
  template: object,
  { values = false, ...more }: Asked = {},
): Promise<DescribeChangeSetCommandOutput> {
  const { Id } = await at.cfn.send(
    new CreateChangeSetCommand({ StackName, ChangeSetName: "set", TemplateBody: JSON.stringify(template), ...more }),
  );
  return at.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id, IncludePropertyValues: values }));
}

export async function drop(at: StackCloud, StackName: string): Promise<void> {
  await at.cfn.send(new DeleteChangeSetCommand({ StackName, ChangeSetName: "set" }));
}

export const NOTHING =
  "The submitted information didn't contain changes. Submit different information to create a change set.";
