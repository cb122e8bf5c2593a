import type { ComponentBase } from './component-base';

/** Beside another component on its servers, held to a part of their memory. */
export interface SharedServer {
  readonly placement: 'shared';
  /** Id of the component whose servers it runs on. */
  readonly server: string;
}

/** On servers of its own. */
export interface OwnServers {
  readonly placement: 'own';
  readonly count: number;
  readonly vcpus: number;
  readonly memoryGib: number;
}

/** A language model answering on CPUs. */
export interface Inference extends ComponentBase {
  readonly kind: 'inference';
  readonly host: SharedServer | OwnServers;
  /** Id of the model in `catalog/models`. */
  readonly model: string;
  /** The most memory that the model's server may take, in GiB. */
  readonly memoryLimitGib: number;
}
