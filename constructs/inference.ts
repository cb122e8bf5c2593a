/** A language model that answers requests, wherever it runs. */
export interface IInference {
  /** Base address of its OpenAI-compatible API. */
  readonly url: string;
}
