// RFC 2047: how metadata that no header can carry comes in and goes out. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata

const WORD = /=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=(?:\s+(?==\?[^?\s]+\?[bq]\?[^?\s]*\?=))?/gi;

/** Each encoded word as what it says; a word of a character set that nobody knows stays. */
export function decodedWords(text: string): string {
  if (!text.includes("=?")) return text;
  return text.replaceAll(WORD, (word, charset: string, way: string, content: string) => {
    const bytes = way.toLowerCase() === "b" ? Buffer.from(content, "base64") : quotedBytes(content);
    try {
      return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
    } catch {
      return word;
    }
  });
}

function quotedBytes(content: string): Uint8Array {
  const text = content
    .replaceAll("_", " ")
    .replaceAll(/=([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, "latin1");
}

const ODD = /[^\t\u0020-\u007e]/g;
/** RFC 2047 gives a word 75 characters, of which its frame takes 12. */
const LONGEST = 63;

/** Text of ASCII as it is; else in words: quoted where most of it is ASCII, in base64 where not. */
export function encodedWords(text: string): string {
  const odd = text.match(ODD)?.length ?? 0;
  if (odd === 0) return text;
  return wordsOf(text, text.length - odd > odd ? "Q" : "B").join(" ");
}

function wordsOf(text: string, way: "Q" | "B"): readonly string[] {
  const bytes = Buffer.from(text, "utf8");
  const content = way === "B" ? bytes.toString("base64") : quoted(bytes);
  const points = Array.from(text);
  if (content.length <= LONGEST || points.length === 1) return [`=?UTF-8?${way}?${content}?=`];
  const half = Math.floor(points.length / 2);
  return [...wordsOf(points.slice(0, half).join(""), way), ...wordsOf(points.slice(half).join(""), way)];
}

function quoted(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    const isPlain = byte > 0x20 && byte < 0x7f && byte !== 0x3d && byte !== 0x3f && byte !== 0x5f;
    if (byte === 0x20) text += "_";
    else text += isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}
