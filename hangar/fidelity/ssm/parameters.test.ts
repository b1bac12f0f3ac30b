// Parameters by name and by ARN, as they were recorded from AWS (see ../NOTICE).

import * as sdk from "@aws-sdk/client-ssm";
import { recorder } from "../recorded.ts";

const recorded = recorder(import.meta.url, { service: "ssm", sdk });
const ARN = "arn:aws:ssm:us-east-1:000000000000:parameter";

recorded(import.meta.url, "ssm", {
  async "TestSSM::test_get_parameter_by_arn"(s) {
    await s.do("PutParameter", { Name: "recorded", Value: "test", Type: "String" });
    const { Parameter } = await s.do("GetParameter", { Name: `${ARN}/recorded` });
    s.matches("Parameter", Parameter);
  },
  async "TestSSM::test_parameters_with_path"(s) {
    const Name = "/recorded/path";
    await s.is("put-parameter-response", "PutParameter", { Name, Value: "123", Type: "String" });
    await s.is("get-parameter-response", "GetParameter", { Name });
    await s.is("get-parameter-by-arn-response", "GetParameter", { Name: ARN + Name });
    await s.is("get-parameters-response", "GetParameters", { Names: [Name] });
    await s.is("get-parameters-by-arn-response", "GetParameters", { Names: [ARN + Name] });
  },
});
