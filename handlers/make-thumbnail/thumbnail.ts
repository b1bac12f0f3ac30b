// Makes a thumbnail: a JPEG that fits a square, never larger than the picture itself.
import { Jimp } from "jimp";

const thumbnailEdge = 320;

export type Thumbnail = { readonly jpeg: Uint8Array; readonly width: number; readonly height: number };

/** width and height are the picture's own. */
export async function makeThumbnail(picture: Uint8Array): Promise<Thumbnail> {
  const image = await Jimp.read(Buffer.from(picture));
  const { width, height } = image;
  if (Math.max(width, height) > thumbnailEdge) image.scaleToFit({ w: thumbnailEdge, h: thumbnailEdge });
  // JPEG has no transparency: what lies behind a see-through picture is white, not black.
  const paper = new Jimp({ width: image.width, height: image.height, color: 0xffffffff });
  return { jpeg: await paper.composite(image).getBuffer("image/jpeg", { quality: 80 }), width, height };
}
