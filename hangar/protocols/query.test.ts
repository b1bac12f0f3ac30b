// Forms as old SDKs write them, and the XML the query services answer.
import { describe, expect, test } from "vitest";
import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import { awsQuery, ec2Query } from "./query.ts";
import type { WireRequest } from "./protocol.ts";

const facts = { requestId: "r-1" };
const form = (body: string, query = ""): WireRequest => ({
  method: "POST",
  host: "localhost",
  path: "/",
  query,
  headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
  body: Buffer.from(body),
});

const parsed = (service: string, request: WireRequest): unknown => {
  const model = loadModel(service);
  const protocol = service === "ec2" ? ec2Query : awsQuery;
  const route = protocol.route(model, request);
  if (route === undefined) throw new Error("no route");
  return { [route.operation]: protocol.parse(model, route, request) };
};

describe("forms", () => {
  test("the two attribute lists of ReceiveMessage share a name: both hold all of it", () => {
    expect(
      parsed(
        "sqs",
        form(
          "Action=ReceiveMessage&QueueUrl=q&AttributeName.1=SentTimestamp&AttributeName.2=SenderId&MessageAttributeName.1=All",
        ),
      ),
    ).toEqual({
      ReceiveMessage: {
        QueueUrl: "q",
        AttributeNames: ["SentTimestamp", "SenderId"],
        MessageSystemAttributeNames: ["SentTimestamp", "SenderId"],
        MessageAttributeNames: ["All"],
      },
    });
  });

  test("flat maps of structures", () => {
    expect(
      parsed(
        "sqs",
        form(
          "Action=SendMessage&QueueUrl=q&MessageBody=a%20b+c&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Binary&MessageAttribute.1.Value.BinaryValue=AQI%3D",
        ),
      ),
    ).toEqual({
      SendMessage: {
        QueueUrl: "q",
        MessageBody: "a b c",
        MessageAttributes: { n: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) } },
      },
    });
  });

  test("lists with .member, an empty list, and items beyond nine in their order", () => {
    const tags = Array.from({ length: 11 }, (_, index) => `Capabilities.member.${index + 1}=c${index + 1}`)
      .reverse()
      .join("&");
    expect(parsed("cloudformation", form(`Action=CreateStack&StackName=s&Tags=&${tags}`))).toEqual({
      CreateStack: {
        StackName: "s",
        Tags: [],
        Capabilities: Array.from({ length: 11 }, (_, index) => `c${index + 1}`),
      },
    });
  });

  test("an action in the query string, as presigned calls have it", () => {
    expect(parsed("sts", { ...form("", "Action=GetCallerIdentity&Version=2011-06-15"), method: "GET" })).toEqual({
      GetCallerIdentity: {},
    });
  });

  test("EC2's lists have no .member, and its names start with a capital", () => {
    expect(
      parsed(
        "ec2",
        form(
          "Action=DescribeInstances&InstanceId.1=i-1&InstanceId.2=i-2&Filter.1.Name=n&Filter.1.Value.1=a&Filter.1.Value.2=b&DryRun=false",
        ),
      ),
    ).toEqual({
      DescribeInstances: { InstanceIds: ["i-1", "i-2"], Filters: [{ Name: "n", Values: ["a", "b"] }], DryRun: false },
    });
  });

  test("an action the service does not have has no route", () => {
    expect(awsQuery.route(loadModel("sns"), form("Action=Nonsense"))).toBeUndefined();
  });
});

describe("answers", () => {
  test("SNS", () => {
    const { body, headers, status } = awsQuery.serialise(
      loadModel("sns"),
      "ListTopics",
      { Topics: [{ TopicArn: "arn:<1>" }] },
      facts,
    );
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/xml");
    expect(body).toBe(
      '<ListTopicsResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListTopicsResult><Topics><member><TopicArn>arn:&lt;1&gt;</TopicArn></member></Topics></ListTopicsResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></ListTopicsResponse>',
    );
  });

  test("an SNS error has its query code", () => {
    const { body, status } = awsQuery.serialiseError(
      loadModel("sns"),
      "Publish",
      new AwsError("NotFoundException", "Topic does not exist"),
      facts,
    );
    expect(status).toBe(404);
    expect(body).toBe(
      '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
    );
  });

  test("EC2", () => {
    const answer = ec2Query.serialise(
      loadModel("ec2"),
      "DescribeRegions",
      { Regions: [{ RegionName: "eu-west-1", Endpoint: "e" }] },
      facts,
    );
    expect(answer.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15"><requestId>r-1</requestId><regionInfo><item><regionName>eu-west-1</regionName><regionEndpoint>e</regionEndpoint></item></regionInfo></DescribeRegionsResponse>',
    );
    expect(ec2Query.serialise(loadModel("ec2"), "DeleteVpc", {}, facts).body).toContain("<return>true</return>");
    expect(
      ec2Query.serialiseError(loadModel("ec2"), "DeleteVpc", new AwsError("InvalidVpcID.NotFound", "no"), facts).body,
    ).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>no</Message></Error></Errors><RequestID>r-1</RequestID></Response>',
    );
  });
});
