/** What can stand in Terraform's JSON. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** An object in Terraform's JSON. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The content of a `cdk.tf.json`, or of any Terraform configuration in JSON syntax. */
export type CdkTfJson = JsonObject;

/** What Terraform will do with a resource; absent where no plan was read. */
export type Action = 'create' | 'update' | 'replace' | 'delete' | 'forget' | 'no-op' | 'read' | 'unrecognized';

/** What guards a resource against changes. Known from a configuration only, never from a state. */
export interface Lifecycle {
  readonly preventDestroy: boolean;
  /** Attribute names, or `['all']`. */
  readonly ignoreChanges: readonly string[];
}

/** One instance of a resource: `count` and `for_each` are unrolled where they are known. */
export interface ResourceNode {
  /** As Terraform prints it: `module.web["eu"].digitalocean_droplet.app[0]`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Address of the module, `module.web["eu"]`; absent in the root module. */
  readonly module?: string;
  /** Local name of the provider configuration, with its alias: `digitalocean`, `aws.ireland`. */
  readonly provider: string;
  /**
   * The attributes. One that cannot be known yet is either absent (from a plan) or still the text of
   * its expression (from a configuration); both are listed in `unknown`.
   */
  readonly values: JsonObject;
  /** Addresses of the resources it refers to, sorted. */
  readonly references: readonly string[];
  /** The same by attribute: `{ cluster_id: ['digitalocean_database_cluster.database_g1'] }`. Empty from a state. */
  readonly referencesByAttribute: Readonly<Record<string, readonly string[]>>;
  /** The component it belongs to; see `componentOf`. */
  readonly component: string;
  readonly action?: Action;
  /**
   * Names of the arguments that the configuration states, sorted; absent from a state. Of the others, the provider decides.
   * From a plan also what is stated within blocks, without positions: `root_block_device.volume_size`.
   */
  readonly configured?: readonly string[];
  /** Paths of the values that are not known: `['id', 'node_pool.0.size']`, sorted. */
  readonly unknown: readonly string[];
  readonly lifecycle?: Lifecycle;
}

/** A module whose resources cannot be seen in this document. */
export interface OpaqueModule {
  readonly address: string;
  readonly reason: string;
}

/** The resources of one configuration, plan or state: what every analysis reads. */
export interface ResourceGraph {
  /** Sorted by address. What will exist, not only what changes. */
  readonly resources: readonly ResourceNode[];
  /** What the plan deletes or forgets, as it was; empty without a plan. */
  readonly removed: readonly ResourceNode[];
  /** Constant settings of each provider configuration, by local name and alias: `{ 'aws.ireland': { region: 'eu-west-1' } }`. */
  readonly providers: Readonly<Record<string, JsonObject>>;
  /** Modules whose resources are not in the document: whatever they hold is missing from `resources`. */
  readonly opaque: readonly OpaqueModule[];
  /** The resource at this address, if there is one. */
  get(address: string): ResourceNode | undefined;
  /** The resources that an attribute of this one refers to, by expression or else by id; in order of address. */
  referenced(node: ResourceNode, attribute: string): readonly ResourceNode[];
  /** The resources of these types, in order of address. */
  ofType(...types: readonly string[]): readonly ResourceNode[];
}
