// aws-chunked bodies as S3's documentation signs them, whole and torn, right and wrong.
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { decodeAwsChunked } from "./aws-chunked.ts";
import { checksumOf } from "./checksums.ts";
import { scopeOf, signingKey } from "./sigv4-key.ts";
import type { ChunkSigning } from "./sigv4.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html: 65 KB of "a" in chunks of 64 KB, 1 KB and 0.
const scope = scopeOf("20130524", "us-east-1", "s3");
const signing: ChunkSigning = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  signingKey: signingKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope),
  scope: "20130524/us-east-1/s3/aws4_request",
  amzDate: "20130524T000000Z",
  signature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
};
const signatures = [
  "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
  "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
  "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
] as const;
const documented = [
  `10000;chunk-signature=${signatures[0]}\r\n${"a".repeat(65_536)}\r\n`,
  `400;chunk-signature=${signatures[1]}\r\n${"a".repeat(1024)}\r\n`,
  `0;chunk-signature=${signatures[2]}\r\n\r\n`,
].join("");
const signedHeaders = {
  "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "content-encoding": "aws-chunked",
  "x-amz-decoded-content-length": "66560",
};

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString();
};

const failure = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  try {
    await read(body);
    return "none";
  } catch (error) {
    return (error as Error).name;
  }
};

describe("signed chunks", () => {
  test.each([1_000_000, 1000, 7])("the documented example is read in pieces of %d bytes", async (size) => {
    expect(await read(decodeAwsChunked(pieces(documented, size), signedHeaders, signing))).toBe("a".repeat(66_560));
  });

  test("a changed byte breaks its chunk's signature", async () => {
    expect(
      await failure(
        decodeAwsChunked(pieces(documented.replace("aaa\r\n400", "aab\r\n400"), 5000), signedHeaders, signing),
      ),
    ).toBe("SignatureDoesNotMatch");
  });

  test("a body that ends early is incomplete", async () => {
    expect(await failure(decodeAwsChunked(pieces(documented.slice(0, 60_000), 5000), signedHeaders, signing))).toBe(
      "IncompleteBody",
    );
  });

  test("a decoded length other than promised is incomplete", async () => {
    const headers = { ...signedHeaders, "x-amz-decoded-content-length": "66561" };
    expect(await failure(decodeAwsChunked(pieces(documented, 5000), headers, signing))).toBe("IncompleteBody");
  });

  test("the decoded length must be stated", () => {
    const { "x-amz-decoded-content-length": _length, ...headers } = signedHeaders;
    expect(() => decodeAwsChunked(pieces(documented, 5000), headers, signing)).toThrow(
      "You must provide the Content-Length HTTP header.",
    );
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html: the same chunks with a signed CRC-32C after them.
describe("signed chunks with a signed trailer", () => {
  const headers = {
    ...signedHeaders,
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "x-amz-trailer": "x-amz-checksum-crc32c",
  };
  const seed = { ...signing, signature: "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e" };
  const body = [
    `10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n${"a".repeat(65_536)}\r\n`,
    `400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n${"a".repeat(1024)}\r\n`,
    "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n",
    "x-amz-checksum-crc32c:sOO8/Q==\r\n",
    "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n",
  ].join("");

  test("the documented example is read", async () => {
    expect(await read(decodeAwsChunked(pieces(body, 999), headers, seed))).toBe("a".repeat(66_560));
  });

  test("a changed trailer breaks the trailer's signature", async () => {
    expect(await failure(decodeAwsChunked(pieces(body.replace("sOO8/Q==", "sOO8/A=="), 999), headers, seed))).toBe(
      "SignatureDoesNotMatch",
    );
  });
});

describe("unsigned chunks with a trailer", () => {
  const headers = {
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "content-encoding": "aws-chunked",
    "x-amz-decoded-content-length": "11",
    "x-amz-trailer": "x-amz-checksum-crc32",
  };
  const body = (checksum: string): string =>
    `6\r\nhello \r\n5\r\nworld\r\n0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`;

  test("are read when the trailing checksum is right", async () => {
    expect(
      await read(
        decodeAwsChunked(pieces(body(checksumOf("CRC32", Buffer.from("hello world"))), 4), headers, undefined),
      ),
    ).toBe("hello world");
  });

  test("are refused with BadDigest when it is wrong", async () => {
    expect(await failure(decodeAwsChunked(pieces(body("AAAAAA=="), 4), headers, undefined))).toBe("BadDigest");
  });

  test("are malformed when the announced trailer is missing", async () => {
    expect(await failure(decodeAwsChunked(pieces("b\r\nhello world\r\n0\r\n\r\n", 4), headers, undefined))).toBe(
      "MalformedTrailerError",
    );
  });
});

describe("plain bodies", () => {
  test("pass", async () => {
    expect(await read(decodeAwsChunked(pieces("5\r\nhello", 2), {}, undefined))).toBe("5\r\nhello");
  });

  test("are checked against the SHA-256 the head states", async () => {
    const headers = { "x-amz-content-sha256": "0".repeat(64) };
    expect(await failure(decodeAwsChunked(pieces("hello", 2), headers, undefined))).toBe("XAmzContentSHA256Mismatch");
  });
});

describe("the SDK's streamed upload", () => {
  const upload = async (body: string): Promise<{ readonly mode: string | undefined; readonly text: string }> => {
    let seen = { mode: undefined as string | undefined, text: "" };
    const client = new S3Client({
      region: "us-east-1",
      endpoint: "https://s3.us-east-1.amazonaws.com",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      requestHandler: {
        handle: async ({
          headers,
          body: sent,
        }: {
          headers: Record<string, string>;
          body: AsyncIterable<Uint8Array>;
        }) => {
          seen = {
            mode: headers["x-amz-content-sha256"],
            text: await read(decodeAwsChunked(sent, headers, undefined)),
          };
          return { response: { statusCode: 200, headers: {}, body: Readable.from([]) } };
        },
      },
    });
    await client.send(
      new PutObjectCommand({
        Bucket: "a-bucket",
        Key: "k",
        Body: Readable.from([body]),
        ContentLength: body.length,
        ChecksumAlgorithm: "CRC32C",
      }),
    );
    return seen;
  };

  test("is chunked with a checksum behind it, and read", async () => {
    expect(await upload("hello world")).toEqual({ mode: "STREAMING-UNSIGNED-PAYLOAD-TRAILER", text: "hello world" });
  });
});
