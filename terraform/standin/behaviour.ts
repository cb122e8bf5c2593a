import type { ServedName } from './served';

/** What a provider does and its schema does not say. Keys are names joined by dots, through blocks and nested attributes. */
export interface Behaviour {
  /** What cannot change in place, by resource type; `*` is every type that has the attribute. */
  readonly replaces: Readonly<Record<string, readonly string[]>>;
  /** What is stored where nothing is given, by resource type. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
  /** Blocks that the provider fills in when they are left out, by resource type: a schema tells that of attributes only. */
  readonly fills?: Readonly<Record<string, readonly string[]>>;
  /** Computed values that an update does not change, by resource type; `id` is one everywhere. */
  readonly keeps?: Readonly<Record<string, readonly string[]>>;
}

const selector = ['spec.selector', 'spec.selector.match_labels', 'spec.selector.match_expressions'];

/**
 * Known behaviour of the providers that are served from their schemas. Whatever is not listed changes in place here, although
 * the provider may replace it: a schema does not tell.
 */
export const behaviours: Readonly<Partial<Record<ServedName, Behaviour>>> = {
  // Source: hashicorp/terraform-provider-kubernetes v2.38.0, ForceNew and Default in schema_metadata.go, schema_persistent_volume_claim.go
  // and resource_kubernetes_*_v1.go, read on 2026-11-21.
  kubernetes: {
    replaces: {
      '*': ['metadata.name', 'metadata.namespace', 'metadata.generate_name'],
      kubernetes_deployment_v1: selector,
      kubernetes_persistent_volume_claim_v1: [
        'spec.access_modes',
        'spec.selector',
        'spec.volume_name',
        'spec.storage_class_name',
        'spec.volume_mode',
        'spec.resources.limits',
      ],
      kubernetes_pod_disruption_budget_v1: ['spec', 'spec.max_unavailable', 'spec.min_available', 'spec.selector'],
      kubernetes_priority_class_v1: ['value', 'preemption_policy'],
      kubernetes_resource_quota_v1: ['spec.scopes'],
      kubernetes_secret_v1: ['type'],
      kubernetes_service_v1: ['spec.cluster_ip', 'spec.cluster_ips', 'spec.load_balancer_class', 'spec.health_check_node_port'],
      kubernetes_storage_class_v1: ['parameters', 'storage_provisioner', 'volume_binding_mode', 'mount_options', 'allowed_topologies'],
    },
    defaults: {
      '*': { 'metadata.namespace': 'default' },
      kubernetes_deployment_v1: {
        wait_for_rollout: true,
        'spec.min_ready_seconds': 0,
        'spec.paused': false,
        'spec.progress_deadline_seconds': 600,
        'spec.revision_history_limit': 10,
      },
      kubernetes_namespace_v1: { wait_for_default_service_account: false },
      kubernetes_secret_v1: { type: 'Opaque', wait_for_service_account_token: true },
      kubernetes_service_v1: {
        'spec.type': 'ClusterIP',
        'spec.session_affinity': 'None',
        'spec.publish_not_ready_addresses': false,
        wait_for_load_balancer: true,
      },
    },
  },
  // Source: hashicorp/terraform-provider-helm, helm/resource_helm_release.go (RequiresReplace, defaultAttributes), read on 2026-11-21.
  helm: {
    replaces: { helm_release: ['name', 'namespace'] },
    defaults: {
      helm_release: {
        ...Object.fromEntries(
          [
            'atomic',
            'cleanup_on_fail',
            'create_namespace',
            'dependency_update',
            'disable_crd_hooks',
            'disable_openapi_validation',
            'disable_webhooks',
            'force_update',
            'lint',
            'pass_credentials',
            'recreate_pods',
            'replace',
            'reset_values',
            'reuse_values',
            'skip_crds',
            'take_ownership',
            'upgrade_install',
            'verify',
            'wait_for_jobs',
          ].map((name) => [name, false]),
        ),
        render_subchart_notes: true,
        wait: true,
        max_history: 0,
        timeout: 300,
        namespace: 'default',
      },
    },
  },
  // Recalled from the provider's documentation on 2026-11-21, not read: every argument of a random value makes a new one.
  random: {
    replaces: {
      '*': [
        'keepers',
        'length',
        'byte_length',
        'min',
        'max',
        'special',
        'upper',
        'lower',
        'numeric',
        'override_special',
        'min_lower',
        'min_upper',
        'min_numeric',
        'min_special',
        'prefix',
        'separator',
        'input',
        'result_count',
      ],
    },
    defaults: {
      random_password: {
        special: true,
        upper: true,
        lower: true,
        numeric: true,
        number: true,
        min_lower: 0,
        min_upper: 0,
        min_numeric: 0,
        min_special: 0,
      },
    },
    keeps: { '*': ['result', 'bcrypt_hash', 'b64_std', 'b64_url', 'dec', 'hex', 'base64'] },
  },
  // Recalled from the provider's documentation on 2026-11-21, not read: what Google's API cannot move or rename.
  google: {
    replaces: {
      '*': ['name', 'project', 'location', 'region', 'zone'],
      google_compute_network: ['auto_create_subnetworks', 'mtu'],
      google_compute_subnetwork: ['network', 'ip_cidr_range'],
      google_compute_router: ['network'],
      google_compute_router_nat: ['router'],
      google_container_cluster: ['network', 'subnetwork', 'enable_autopilot', 'private_cluster_config', 'ip_allocation_policy'],
      google_container_node_pool: ['cluster', 'node_config.guest_accelerator', 'node_config.spot', 'node_config.service_account'],
      google_service_account: ['account_id'],
      google_compute_ha_vpn_gateway: ['network', 'gateway_ip_version', 'stack_type'],
      google_compute_external_vpn_gateway: ['redundancy_type', 'interface'],
      google_compute_vpn_tunnel: [
        'ike_version',
        'peer_external_gateway',
        'peer_external_gateway_interface',
        'router',
        'shared_secret',
        'vpn_gateway',
        'vpn_gateway_interface',
      ],
      google_compute_router_interface: ['router', 'ip_range', 'vpn_tunnel'],
      google_compute_router_peer: ['router', 'interface'],
    },
    fills: { google_container_cluster: ['master_auth'], google_compute_ha_vpn_gateway: ['vpn_interfaces'] },
    defaults: { google_container_cluster: { deletion_protection: true }, google_compute_network: { auto_create_subnetworks: true } },
  },
  // Recalled on 2026-11-21, not read: zones and accounts are part of the API's paths.
  cloudflare: { replaces: { '*': ['zone_id', 'account_id'] }, defaults: {}, keeps: { '*': ['created_on'] } },
};

const NOTHING: Behaviour = { replaces: {}, defaults: {} };

/** What is known of a provider beside its schema. */
export function behaviourOf(name: ServedName): Behaviour {
  return behaviours[name] ?? NOTHING;
}
