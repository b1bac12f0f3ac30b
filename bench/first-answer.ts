// A process that starts a cloud, gets one signed answer over HTTP and ends.

import { startCloud } from "../hangar/index.ts";

const cloud = await startCloud();
const scope = "Credential=foo/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00";
const response = await fetch(cloud.endpoint, {
  method: "POST",
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    "x-amz-date": "20260101T000000Z",
    authorization: `AWS4-HMAC-SHA256 ${scope}`,
  },
  body: "Action=GetCallerIdentity&Version=2011-06-15",
});
if (!(await response.text()).includes("<GetCallerIdentityResult>")) throw new Error(`No identity: ${response.status}`);
process.exit(0);
