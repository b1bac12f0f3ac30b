// The uploads bucket: as the template says, and doing what it says.
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { needs } from "./features.ts";
import { makeAlbum, sunset, uploadPhoto } from "./library.ts";
import { expect, test } from "./test.ts";
import { advance } from "./world.ts";

test("pictures are kept encrypted with the app's own key", async ({ world, aws, ada, skip }) => {
  needs({ skip }, world, "bucket encryption and lifecycle");
  const album = await makeAlbum(ada);
  const { id } = await uploadPhoto(world, ada, album, await sunset());
  const Bucket = world.outputs.UploadsBucket;
  const { ServerSideEncryptionConfiguration } = await aws.s3.send(new GetBucketEncryptionCommand({ Bucket }));
  const rule = ServerSideEncryptionConfiguration?.Rules?.[0];
  expect(rule).toMatchObject({
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: "aws:kms",
      KMSMasterKeyID: expect.stringMatching(/^arn:aws:kms:/),
    },
    BucketKeyEnabled: true,
  });
  const head = await aws.s3.send(new HeadObjectCommand({ Bucket, Key: `photos/${ada.user}/${album.id}/${id}` }));
  expect(head).toMatchObject({
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
    BucketKeyEnabled: true,
    ContentType: "image/png",
  });
});

test("nothing in the bucket can be made public, and a deleted picture leaves a version behind", async ({
  world,
  aws,
  ada,
}) => {
  const Bucket = world.outputs.UploadsBucket;
  const { PublicAccessBlockConfiguration } = await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  expect(PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  expect((await aws.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
  const album = await makeAlbum(ada);
  const photo = await uploadPhoto(world, ada, album, await sunset());
  await ada.call("DELETE", `albums/${album.id}/photos/${photo.id}`);
  const { Versions = [], DeleteMarkers = [] } = await aws.s3.send(
    new ListObjectVersionsCommand({ Bucket, Prefix: `photos/${ada.user}/` }),
  );
  expect(Versions.map(({ IsLatest }) => IsLatest)).toEqual([false]);
  expect(DeleteMarkers.map(({ IsLatest }) => IsLatest)).toEqual([true]);
});

test("the bucket tidies itself up by the template's rules", async ({ world, aws, skip }) => {
  needs({ skip }, world, "bucket encryption and lifecycle");
  const { Rules = [] } = await aws.s3.send(
    new GetBucketLifecycleConfigurationCommand({ Bucket: world.outputs.UploadsBucket }),
  );
  expect(Rules.map(({ ID, Status }) => [ID, Status])).toEqual([
    ["unclaimed-uploads", "Enabled"],
    ["imports", "Enabled"],
    ["old-versions", "Enabled"],
  ]);
});

test("an upload that nobody claims is gone after a day", async ({ world, aws, skip }) => {
  needs({ skip }, world, "clock");
  const Bucket = world.outputs.UploadsBucket;
  const Key = "incoming/nobody";
  await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: "unclaimed" }));
  const left = async () => (await aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))).KeyCount;
  await advance(world, "23 hours");
  expect(await left()).toBe(1);
  // S3 counts in whole days, from the midnight (UTC) that follows.
  await advance(world, "26 hours");
  expect(await left()).toBe(0);
});
