import type { Dated } from '../types';

/** A language model, quantized, as a file that an inference server loads. */
export interface LanguageModel extends Dated {
  readonly id: string;
  readonly name: string;
  /** Parameters in billions (10^9). */
  readonly parametersBillion: number;
  /** The GGUF quantization: Q4_K_M is about 4.8 bits a weight. */
  readonly quantization: string;
  readonly file: ModelFile;
  readonly shape: ModelShape;
  /** The longest context it was trained for, in tokens. */
  readonly contextTokens: number;
  readonly licence: ModelLicence;
}

export interface ModelFile {
  /** On huggingface.co. */
  readonly repository: string;
  readonly name: string;
  /** Size in bytes; the weights take as much memory. */
  readonly bytes: number;
  /** Whether bytes is the file's very size, or a rounded figure. */
  readonly exact: boolean;
  /** Hexadecimal digest, where a source gives it. */
  readonly sha256: string | undefined;
}

/** What the size of the key-value cache follows from. */
export interface ModelShape {
  readonly layers: number;
  readonly kvHeads: number;
  readonly headDimension: number;
}

export interface ModelLicence {
  readonly name: string;
  /** Whether a product may use it. Community licences add conditions of their own. */
  readonly commercialUse: boolean;
}
