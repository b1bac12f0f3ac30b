// Resources of any type through one API: made, read, patched, deleted, and what was asked for so far.

import * as sdk from "@aws-sdk/client-cloudcontrol";
import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let control: CloudControlClient;
let sqs: SQSClient;
const TypeName = "AWS::SQS::Queue";
const url = (name: string): string => `${cloud.endpoint}/000000000000/${name}`;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  control = new CloudControlClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  sqs = new SQSClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function refusal(call: Promise<unknown>): Promise<string> {
  const error = (await call.then(
    () => new Error("It was not refused."),
    (thrown: unknown) => thrown,
  )) as Error;
  return `${error.name} ${error.message}`;
}

test("a resource is made by its type's handler", async () => {
  const DesiredState = JSON.stringify({ QueueName: "controlled", DelaySeconds: 3 });
  const input = { TypeName, DesiredState, ClientToken: "once" };
  const { ProgressEvent } = await control.send(new sdk.CreateResourceCommand(input));
  expect(ProgressEvent).toEqual({
    TypeName,
    Identifier: url("controlled"),
    RequestToken: ProgressEvent?.RequestToken,
    Operation: "CREATE",
    OperationStatus: "SUCCESS",
    EventTime: expect.any(Date) as Date,
    ResourceModel: DesiredState,
  });
  expect((await control.send(new sdk.CreateResourceCommand(input))).ProgressEvent).toEqual(ProgressEvent);
  const status = await control.send(
    new sdk.GetResourceRequestStatusCommand({ RequestToken: ProgressEvent?.RequestToken }),
  );
  expect(status.ProgressEvent).toEqual(ProgressEvent);
});

test("it is read, and changed by a patch", async () => {
  const Identifier = url("controlled");
  const { ResourceDescription } = await control.send(new sdk.GetResourceCommand({ TypeName, Identifier }));
  expect(JSON.parse(ResourceDescription?.Properties ?? "")).toMatchObject({ QueueName: "controlled", DelaySeconds: 3 });
  const patch = [
    { op: "replace", path: "/DelaySeconds", value: 5 },
    { op: "add", path: "/Tags", value: [{ Key: "a", Value: "b" }] },
  ];
  const { ProgressEvent } = await control.send(
    new sdk.UpdateResourceCommand({ TypeName, Identifier, PatchDocument: JSON.stringify(patch) }),
  );
  expect(ProgressEvent).toMatchObject({ Operation: "UPDATE", OperationStatus: "SUCCESS", Identifier });
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: Identifier, AttributeNames: ["DelaySeconds"] }),
  );
  expect(Attributes).toEqual({ DelaySeconds: "5" });
});

test("one whose identifier has several parts is known by all of them", async () => {
  const make = async (type: string, state: object): Promise<string> => {
    const { ProgressEvent } = await control.send(
      new sdk.CreateResourceCommand({ TypeName: type, DesiredState: JSON.stringify(state) }),
    );
    return ProgressEvent?.Identifier ?? ProgressEvent?.StatusMessage ?? "";
  };
  await make("AWS::Logs::LogGroup", { LogGroupName: "group" });
  const type = "AWS::Logs::LogStream";
  const Identifier = await make(type, { LogGroupName: "group", LogStreamName: "stream" });
  expect(Identifier).toBe("group|stream");
  const { ResourceDescription } = await control.send(new sdk.GetResourceCommand({ TypeName: type, Identifier }));
  expect(JSON.parse(ResourceDescription?.Properties ?? "")).toMatchObject({ LogStreamName: "stream" });
  const { ProgressEvent } = await control.send(new sdk.DeleteResourceCommand({ TypeName: type, Identifier }));
  expect(ProgressEvent?.OperationStatus).toBe("SUCCESS");
  expect(await refusal(control.send(new sdk.GetResourceCommand({ TypeName: type, Identifier })))).toBe(
    "ResourceNotFoundException Resource of type 'AWS::Logs::LogStream' with identifier 'group|stream' was not found.",
  );
});

test("deleted it is gone, and deleting it again has failed", async () => {
  const Identifier = url("controlled");
  await control.send(new sdk.DeleteResourceCommand({ TypeName, Identifier }));
  expect(await refusal(control.send(new sdk.GetResourceCommand({ TypeName, Identifier })))).toMatch(
    /^ResourceNotFoundException/,
  );
  const { ProgressEvent } = await control.send(new sdk.DeleteResourceCommand({ TypeName, Identifier }));
  expect(ProgressEvent).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "NotFound" });
});

test("requests are listed newest first, by operation and status", async () => {
  const filter = { Operations: ["DELETE" as const], OperationStatuses: ["FAILED" as const] };
  const { ResourceRequestStatusSummaries } = await control.send(
    new sdk.ListResourceRequestsCommand({ ResourceRequestStatusFilter: filter }),
  );
  expect(ResourceRequestStatusSummaries?.map((event) => [event.Operation, event.OperationStatus])).toEqual([
    ["DELETE", "FAILED"],
  ]);
});

test("a handler's refusal is a failed request; a type or property that is not there is refused", async () => {
  const make = (type: string, state: string): Promise<sdk.CreateResourceCommandOutput> =>
    control.send(new sdk.CreateResourceCommand({ TypeName: type, DesiredState: state }));
  const { ProgressEvent } = await make(TypeName, '{"QueueName":"not a name!"}');
  expect(ProgressEvent).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "InvalidRequest" });
  expect(await refusal(make("AWS::No::Such", "{}"))).toBe(
    "TypeNotFoundException The type 'AWS::No::Such' cannot be found.",
  );
  expect(await refusal(make("AWS::Batch::JobQueue", "{}"))).toMatch(/^NotEmulated/);
  expect(await refusal(make(TypeName, '{"Nonsense":1}'))).toContain("Nonsense");
  expect(await refusal(make(TypeName, "no json"))).toMatch(/^(ValidationException|InvalidRequestException)/);
  expect(await refusal(control.send(new sdk.GetResourceRequestStatusCommand({ RequestToken: "none" })))).toMatch(
    /^RequestTokenNotFoundException/,
  );
});
