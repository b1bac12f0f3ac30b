// Code and layers from archives, in buckets too, and how large they may be, as they were recorded from AWS (see ../NOTICE).

import * as s3 from "@aws-sdk/client-s3";
import { strToU8, zipSync } from "fflate";
import type { Session } from "../session.ts";
import { echo, FunctionName, given, make, recorded } from "./session.ts";

const S3 = { service: "s3", sdk: s3 };
const SIZES = "TestLambdaSizeLimits::test_";
const S3Bucket = "archives";
const S3Key = "code.zip";
const MEGABYTE = 1024 * 1024;
const ARCHITECTURES = ["arm64", "x86_64"];
const RUNTIMES = [
  "nodejs24.x nodejs22.x nodejs20.x nodejs18.x nodejs16.x nodejs14.x nodejs12.x python3.14 python3.13 python3.12 python3.11 python3.10 python3.9 python3.8 python3.7",
  "java25 java21 java17 java11 java8.al2 java8 dotnet10 dotnet8 dotnet6 dotnetcore3.1 go1.x ruby3.4 ruby3.3 ruby3.2 ruby2.7",
  "provided.al2023 provided.al2 provided",
];

async function upload(s: Session, Body: Uint8Array, Key = S3Key): Promise<void> {
  await s.with(S3).do("CreateBucket", { Bucket: S3Bucket });
  await s.with(S3).do("PutObject", { Bucket: S3Bucket, Key, Body });
}

/** An archive whose one file has so many bytes; `level` 0 keeps them as they are. */
const archiveOf = (bytes: number, level: 0 | 9): Uint8Array =>
  zipSync({ "handler.py": [strToU8("#".repeat(bytes)), { level }] });

const codeSize = async (s: Session): Promise<number> => {
  const { AccountUsage } = await s.do("GetAccountSettings");
  return (AccountUsage as { readonly TotalCodeSize: number }).TotalCodeSize;
};

recorded(import.meta.url, "lambda-api", {
  async "TestLambdaFunction::test_lambda_code_location_s3_errors"(s) {
    await upload(s, echo);
    const nowhere = { S3Bucket: "some-random-non-existent-bucket", S3Key };
    const nothing = { S3Bucket, S3Key: "non-existent.zip" };
    await s.is("create-error-wrong-bucket", "CreateFunction", { ...given, Code: nowhere });
    await s.is("create-error-wrong-key", "CreateFunction", { ...given, Code: nothing });
    await make(s);
    await s.is("update-error-wrong-bucket", "UpdateFunctionCode", { FunctionName, ...nowhere });
    await s.is("update-error-wrong-key", "UpdateFunctionCode", { FunctionName, ...nothing });
  },
  async [`${SIZES}oversized_lambda`](s) {
    await upload(s, archiveOf(250 * MEGABYTE + 1, 9));
    await s.is("invalid_param_exc", "CreateFunction", { ...given, Code: { S3Bucket, S3Key } });
  },
  async [`${SIZES}oversized_unzipped_lambda`](s) {
    await s.is("invalid_param_exc", "CreateFunction", {
      ...given,
      Code: { ZipFile: archiveOf(250 * MEGABYTE + 1, 9) },
    });
  },
  async [`${SIZES}large_lambda`](s) {
    await upload(s, archiveOf(100 * MEGABYTE, 9));
    const large = { ...given, Handler: "handler.handler", Timeout: 10, Code: { S3Bucket, S3Key } };
    await s.is("create_function_large_zip", "CreateFunction", large);
  },
  async [`${SIZES}oversized_request_create_lambda`](s) {
    await s.is("invalid_param_exc", "CreateFunction", { ...given, Code: { ZipFile: archiveOf(51 * MEGABYTE, 0) } });
  },
  async [`${SIZES}oversized_zipped_create_lambda`](s) {
    await s.is("invalid_param_exc", "CreateFunction", { ...given, Code: { ZipFile: archiveOf(50 * MEGABYTE, 0) } });
  },
  async "TestLambdaLayer::test_layer_s3_content"(s) {
    await upload(s, echo);
    await s.is("publish_layer_result", "PublishLayerVersion", { LayerName: "layer", Content: { S3Bucket, S3Key } });
  },
  ...Object.fromEntries(
    RUNTIMES.map((names, index): [string, (s: Session) => Promise<void>] => [
      `TestLambdaLayer::test_layer_compatibilities[runtimes${index}]`,
      async (s) => {
        const layer = { CompatibleRuntimes: names.split(" "), CompatibleArchitectures: ARCHITECTURES };
        await s.is("publish_result", "PublishLayerVersion", {
          LayerName: "layer",
          Content: { ZipFile: echo },
          ...layer,
        });
      },
    ]),
  ),
  async "TestLambdaAccountSettings::test_account_settings_total_code_size_config_update"(s) {
    const before = await codeSize(s);
    await make(s);
    const made = await codeSize(s);
    s.matches("is_total_code_size_diff_create_function_more_than_200", made - before >= echo.length);
    await s.do("UpdateFunctionConfiguration", { FunctionName, Description: "another" });
    const updated = await codeSize(s);
    s.matches("total_code_size_diff_update_function_configuration", updated - made);
    await s.do("PublishVersion", { FunctionName, Description: "a version" });
    const published = (await codeSize(s)) - updated;
    s.matches("is_total_code_size_diff_publish_version_after_config_update_more_than_200", published >= echo.length);
  },
});
