// A function that brings a boto3 from before AWS_ENDPOINT_URL, as Debian 12 has one.

import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { makeFunction, run, startLambdaCloud } from "./test-cloud.ts";
import { pipPackage } from "./test-pip.ts";

const PACKAGE = "boto3==1.26.165";

/** Of its data no more than two services have: the rest is 60 MB. */
const files = await pipPackage(PACKAGE, (path) => !/^botocore\/data\/[^/]+\//.test(path) || /\/(sns|sts)\//.test(path));
const missing = typeof files === "string" ? `: skipped, pip cannot install ${PACKAGE} (${files})` : "";

const SOURCE = `import boto3, botocore

def handler(event, context):
    topics = [boto3.client("sns"), boto3.Session().client("sns", endpoint_url=event.get("endpoint"))]
    return [botocore.__version__, [each.list_topics()["Topics"][0]["TopicArn"].split(":")[-1] for each in topics]]
`;

test.skipIf(typeof files === "string")(`its clients reach the endpoint${missing}`, async () => {
  const at = await startLambdaCloud("old-botocore");
  try {
    await new SNSClient(at.cloud.clientConfig()).send(new CreateTopicCommand({ Name: "news" }));
    const python = { Runtime: "python3.13", Handler: "app.handler", Timeout: 30 } as const;
    await makeFunction(at, "old", { ...(files as object), "app.py": SOURCE }, python);
    expect((await run(at, "old", { endpoint: `http://127.0.0.1:${at.cloud.port}` })).json).toEqual([
      "1.29.165",
      ["news", "news"],
    ]);
    expect(at.cloud.bugs).toEqual([]);
  } finally {
    await at.cloud.close();
  }
});
