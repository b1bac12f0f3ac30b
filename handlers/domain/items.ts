// The items of the table that the API shows.
export type Album = {
  readonly id: string;
  readonly owner: string;
  readonly title: string;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** waiting: no upload yet. accepted: it is a picture. ready: it has a thumbnail. rejected: see reason. */
export type PhotoStatus = "waiting" | "accepted" | "ready" | "rejected";

export type Photo = {
  readonly id: string;
  readonly albumId: string;
  readonly owner: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly caption: string;
  readonly status: PhotoStatus;
  readonly reason?: string;
  readonly width?: number;
  readonly height?: number;
  readonly createdAt: string;
};

export type Share = {
  readonly id: string;
  readonly owner: string;
  readonly albumId: string;
  readonly photoId: string;
  /** Seconds since 1970: DynamoDB removes the item some time after. */
  readonly expiresAt: number;
};

export type Import = {
  readonly id: string;
  readonly fileName: string;
  readonly status: "waiting" | "converted" | "failed";
  readonly rows?: number;
  readonly reason?: string;
  readonly createdAt: string;
};

export type Counters = { readonly albums: number; readonly photos: number; readonly bytes: number };
