import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironment } from '../../environments/load';
import { synthesize } from '../../stacks/synthesize';
import { Terraform } from '../../terraform';
import { packageFile } from '../../terraform/package-root';
import { scratch } from '../support/scratch';
import { needsProvider } from './provider';

jest.setTimeout(600_000);

const withProvider = needsProvider();

describe('the real provider, digitalocean/digitalocean 2.71.0', () => {
  for (const tier of ['tier1', 'tier2', 'tier3']) {
    withProvider(`validates and plans ${tier}`, async () => {
      const project = scratch();
      cpSync(packageFile('environments'), join(project, 'environments'), { recursive: true });
      const { environment } = loadEnvironment(`environments/examples/digitalocean-${tier}.yaml`, { cwd: project });
      const { recorded } = synthesize(environment, { project, recordedOnly: true });
      // A first plan asks the API nothing; the credentials only have to be there.
      const credentials = {
        DIGITALOCEAN_TOKEN: 'none',
        SPACES_ACCESS_KEY_ID: 'none',
        SPACES_SECRET_ACCESS_KEY: 'none',
        TF_VAR_secret_session_key: 'a-secret',
      };
      const terraform = await Terraform.in({ directory: recorded.directory, env: { ...process.env, ...credentials } });
      await terraform.init();
      expect((await terraform.validate()).filter(({ severity }) => severity === 'error')).toEqual([]);
      const { plan } = await terraform.plan();
      expect(plan.changes.filter(({ action }) => action !== 'create')).toEqual([]);
      expect(plan.changes.length).toBeGreaterThan(10);
    });
  }
});
