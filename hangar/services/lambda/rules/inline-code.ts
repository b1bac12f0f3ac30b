// Code written inside a template becomes an archive, with the cfn-response module that CloudFormation adds.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html

import { strToU8, zipSync } from "fflate";

/** A fixed time: the same text always gives the same CodeSha256. */
const OPTIONS = { level: 6, mtime: new Date("1980-01-02T00:00:00Z") } as const;

const NODE_RESPONSE = `const { URL } = require("url");
exports.SUCCESS = "SUCCESS";
exports.FAILED = "FAILED";
exports.send = function (event, context, responseStatus, responseData, physicalResourceId, noEcho) {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({
      Status: responseStatus,
      Reason: "See the details in CloudWatch Log Stream: " + context.logStreamName,
      PhysicalResourceId: physicalResourceId || context.logStreamName,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      NoEcho: noEcho || false,
      Data: responseData,
    });
    const url = new URL(event.ResponseURL);
    const client = url.protocol === "http:" ? require("http") : require("https");
    const request = client.request(url, { method: "PUT", headers: { "content-type": "", "content-length": Buffer.byteLength(body) } }, (response) => {
      response.resume();
      response.on("end", () => { resolve(); context.done(); });
    });
    request.on("error", (error) => { console.log("send(..) failed executing https.request(..): " + error); reject(error); context.done(error); });
    request.write(body);
    request.end();
  });
};
`;

const PYTHON_RESPONSE = `import json
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None):
    body = json.dumps({
        "Status": responseStatus,
        "Reason": reason or "See the details in CloudWatch Log Stream: {}".format(context.log_stream_name),
        "PhysicalResourceId": physicalResourceId or context.log_stream_name,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "NoEcho": noEcho,
        "Data": responseData,
    }).encode("utf-8")
    request = urllib.request.Request(event["ResponseURL"], data=body, method="PUT", headers={"content-type": "", "content-length": str(len(body))})
    try:
        with urllib.request.urlopen(request) as response:
            print("Status code:", response.status)
    except Exception as error:
        print("send(..) failed executing http.request(..):", error)
`;

export function inlineArchive(source: string, runtime: string): Uint8Array {
  const files: Record<string, Uint8Array> = runtime.startsWith("python")
    ? { "index.py": strToU8(source), "cfnresponse.py": strToU8(PYTHON_RESPONSE) }
    : { "index.js": strToU8(source), "node_modules/cfn-response/index.js": strToU8(NODE_RESPONSE) };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, [bytes, OPTIONS]])), OPTIONS);
}
