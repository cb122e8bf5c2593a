import { blocks, isUnknown, number, text, type Value, type ValueMap } from '../values';
import { publicAddress, uuid, type Making } from './identity';

type Invented = (planned: ValueMap, making: Making) => ValueMap;

/** What the APIs make up that other resources refer to; the rest of what is unknown is filled in with nothing. */
const invented: Readonly<Record<string, Invented>> = {
  helm_release: (planned) => ({ status: 'deployed', version: text(planned, 'version') || 'newest', metadata: release(planned) }),
  google_container_cluster: (_, making) => ({
    endpoint: publicAddress(making.digest('endpoint')),
    master_auth: [{ client_certificate: '', client_certificate_config: [], client_key: '', cluster_ca_certificate: authority(making) }],
  }),
  google_compute_global_address: (_, making) => ({ address: publicAddress(making.digest('address')) }),
  google_compute_ha_vpn_gateway: (_, making) => ({
    vpn_interfaces: [0, 1].map((id) => ({ id, ip_address: publicAddress(making.digest(`interface ${id}`)), interconnect_attachment: '' })),
  }),
  google_compute_address: (_, making) => ({ address: publicAddress(making.digest('address')) }),
  google_service_account: (planned) => ({ email: `${text(planned, 'account_id')}@${text(planned, 'project')}.iam.gserviceaccount.com` }),
  random_password: (planned, making) => ({ result: letters(making, number(planned, 'length')), bcrypt_hash: making.digest('hash') }),
  random_string: (planned, making) => ({ result: letters(making, number(planned, 'length')) }),
  random_id: (planned, making) => ({ hex: making.digest('hex').slice(0, 2 * number(planned, 'byte_length')) }),
};

/** A planned object with what its API makes up in the place of what is unknown. */
export function plainValues(type: string, planned: ValueMap, making: Making): ValueMap {
  const own = Object.entries(invented[type]?.(planned, making) ?? {}).filter(([name]) => isUnknown(planned[name]));
  const metadata = type.startsWith('kubernetes_')
    ? { metadata: blocks(planned, 'metadata').map((block) => identified(block, making)) }
    : {};
  return { ...planned, ...Object.fromEntries(own), ...('metadata' in planned ? metadata : {}) };
}

/** Every object of a cluster gets these. */
function identified(metadata: ValueMap, making: Making): ValueMap {
  const given: ValueMap = {
    uid: uuid(making.digest('uid')),
    resource_version: String(Number.parseInt(making.digest('version').slice(0, 6), 16)),
    generation: 1,
  };
  return { ...metadata, ...Object.fromEntries(Object.entries(given).filter(([name]) => isUnknown(metadata[name]))) };
}

function release(planned: ValueMap): Value {
  const [name, namespace, version] = ['name', 'namespace', 'version'].map((field) => text(planned, field)) as [string, string, string];
  return {
    app_version: '',
    chart: text(planned, 'chart'),
    first_deployed: 0,
    last_deployed: 0,
    name,
    namespace,
    notes: '',
    revision: 1,
    values: '{}',
    version,
  };
}

/** Not a certificate, but of its form: base64 of a text that says what it is. */
function authority(making: Making): string {
  return Buffer.from(`stand-in authority ${making.digest('authority')}`).toString('base64');
}

function letters(making: Making, length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part += 1)
    text += Buffer.from(making.digest(`letters ${part}`))
      .toString('base64')
      .replaceAll(/[^A-Za-z0-9]/g, '');
  return text.slice(0, length);
}
