/** A bucket with credentials that open it and nothing else. Every field may be a Terraform reference. */
export interface IBucketAccess {
  readonly bucket: string;
  readonly region: string;
  /** Address of the S3 API. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
