import { legible } from '../../support/legible';
import { needs } from '../../support/needs';
import { patience, type Stage, stage } from './support';

const terraform = needs('terraform');

/** A test by real Terraform on a stand-in of its own, beside others of its file. */
export function onStage(name: string, work: (place: Stage) => Promise<void>): void {
  terraform.concurrent(
    name,
    async () => {
      const place = await stage();
      try {
        await legible(() => work(place));
      } finally {
        await place.stop();
      }
    },
    3 * patience,
  );
}
