// Destinations of a recorded bucket's events, and what arrives at them.

import { CreateTopicCommand, SNSClient, SetTopicAttributesCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  SetQueueAttributesCommand,
  type Message,
} from "@aws-sdk/client-sqs";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { BUCKET, type Answer, type Session } from "./session.ts";

export type Queue = { readonly arn: string; readonly url: string; readonly client: SQSClient };

/** A queue that anybody may send to. */
export async function newQueue(s: Session, region = "us-east-1"): Promise<Queue> {
  const client = new SQSClient({ ...s.cloud.clientConfig(), region });
  const { QueueUrl: url = "" } = await client.send(new CreateQueueCommand({ QueueName: "events" }));
  const arn = `arn:aws:sqs:${region}:000000000000:events`;
  const Attributes = { Policy: open("sqs:SendMessage", arn) };
  await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
  return { arn, url, client };
}

export async function newTopic(s: Session): Promise<string> {
  const sns = new SNSClient(s.cloud.clientConfig());
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  const AttributeValue = open("sns:Publish", TopicArn);
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
  return TopicArn;
}

export async function subscribe(s: Session, TopicArn: string, { arn: Endpoint }: Queue): Promise<void> {
  await new SNSClient(s.cloud.clientConfig()).send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
}

/** Sends on to the queue what the bucket tells its region's default bus. */
export async function listen(s: Session, queue: Queue, { bucket = BUCKET, region = "us-east-1" } = {}): Promise<void> {
  const bridge = new EventBridgeClient({ ...s.cloud.clientConfig(), region });
  const EventPattern = JSON.stringify({ source: ["aws.s3"], detail: { bucket: { name: [bucket] } } });
  await bridge.send(new PutRuleCommand({ Name: "rule", EventPattern }));
  await bridge.send(new PutTargetsCommand({ Rule: "rule", Targets: [{ Id: "queue", Arn: queue.arn }] }));
}

/** Everything the queue got since it was last asked, once nothing is under way; test events are left out. */
export async function messagesOf(s: Session, { url, client }: Queue): Promise<Message[]> {
  await s.cloud.settle();
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 3600,
        MessageSystemAttributeNames: ["AWSTraceHeader"],
      }),
    );
    if (Messages.length === 0) return all.filter(({ Body = "" }) => !Body.includes("s3:TestEvent"));
    all.push(...Messages);
  }
}

export async function bodiesOf(s: Session, queue: Queue): Promise<Answer[]> {
  return (await messagesOf(s, queue)).map(({ Body = "" }) => JSON.parse(Body) as Answer);
}

export async function recordsOf(s: Session, queue: Queue): Promise<Answer[]> {
  return (await bodiesOf(s, queue)).flatMap((body) => body["Records"] as Answer[]);
}

/** What comes in any order was recorded in that of a member. */
export function inOrder(events: readonly Answer[], value: (event: Answer) => unknown): Answer[] {
  return events.toSorted((one, other) => (String(value(one)) < String(value(other)) ? -1 : 1));
}

/** Four changes of an object's access control list: the first changes nothing, and nobody is told. */
export async function changeGrants(s: Session): Promise<void> {
  await s.do("DeleteBucketOwnershipControls");
  await s.do("DeletePublicAccessBlock");
  const at = { Key: "my_key_acl" };
  await s.do("PutObject", { ...at, Body: "something" });
  const { Owner } = (await s.do("ListBuckets")) as unknown as { Owner: { ID: string } };
  const URI = "http://acs.amazonaws.com/groups/s3/LogDelivery";
  await s.do("PutObjectAcl", { ...at, ACL: "private" });
  await s.do("PutObjectAcl", { ...at, ACL: "public-read" });
  await s.do("PutObjectAcl", { ...at, GrantRead: `uri="${URI}"` });
  const Grants = [
    { Grantee: { ID: Owner.ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" },
    { Grantee: { URI, Type: "Group" }, Permission: "WRITE" },
  ];
  await s.do("PutObjectAcl", { ...at, AccessControlPolicy: { Owner, Grants } });
}

export async function restore(s: Session): Promise<void> {
  const at = { Key: "my_key_restore" };
  await s.do("PutObject", { ...at, Body: "something", StorageClass: "GLACIER" });
  const RestoreRequest = { Days: 1, GlacierJobParameters: { Tier: "Expedited" } };
  await s.do("RestoreObject", { ...at, RestoreRequest });
  await s.cloud.clock.advance("5 minutes");
}

/** Versions come and go; `told` is asked after each half. */
export async function changeVersions(s: Session, told: (label: string) => Promise<void>): Promise<void> {
  const at = { Key: "test-key" };
  const versioning = (Status: string): Promise<Answer> =>
    s.do("PutBucketVersioning", { VersioningConfiguration: { Status } });
  await versioning("Enabled");
  const first = await s.is("obj-ver1", "PutObject", { ...at, Body: "data" });
  await s.is("obj-ver2", "PutObject", { ...at, Body: "data-version2" });
  const marker = await s.is("delete-marker", "DeleteObject", at);
  await s.is("delete-version", "DeleteObject", { ...at, VersionId: first.VersionId });
  await told("message-versioning-active");
  await versioning("Suspended");
  await s.is("add-null-version", "PutObject", { ...at, Body: "data-version3" });
  await s.is("del-delete-marker", "DeleteObject", { ...at, VersionId: marker.VersionId });
  await told("message-versioning-suspended");
}

function open(Action: string, Resource: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action, Resource }] });
}
