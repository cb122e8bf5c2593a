import { DataTerraformRemoteStateLocal, DataTerraformRemoteStateS3, Fn, Token, type IResolvable, type TerraformRemoteState } from 'cdktf';
import type { StateBackend } from '../environments/schema';
import { localStatePath, remoteStateSettings } from './backend';
import type { TierStack } from './tier-stack';

/**
 * What a layer tells those above it, read from its state. Synthesis does not know what it will find there; a missing output stops
 * Terraform before anything is changed.
 */
export class LayerState {
  private readonly state: TerraformRemoteState;

  /** @param named what an output is called: see `layerOutput` */
  constructor(
    stack: TierStack,
    id: string,
    state: StateBackend,
    private readonly named: (output: string) => string = (output) => output,
  ) {
    this.state =
      state.backend === 'local'
        ? new DataTerraformRemoteStateLocal(stack, id, { path: localStatePath(state) })
        : new DataTerraformRemoteStateS3(stack, id, { bucket: state.bucket, key: state.key, ...remoteStateSettings(state) });
  }

  /** A text in an output that is a mapping. */
  text(output: string, ...path: readonly string[]): string {
    return Token.asString(Fn.lookupNested(this.output(output), [...path]));
  }

  output(name: string): IResolvable {
    return this.state.get(this.named(name));
  }
}
