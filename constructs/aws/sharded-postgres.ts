import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { ShardRange } from '../../components/shard-map';
import { terraformJson } from '../template';
import { ManagedPostgres, type ManagedPostgresProps } from './managed-postgres';
import { PasswordSecret } from './password-secret';
import { named } from './site';

export interface ShardedPostgresProps extends Omit<ManagedPostgresProps, 'name' | 'ownerPassword'> {
  /** Beginning of every name in the account. */
  readonly name: string;
  /** Names of the shards: `shard-1`. None is ever given to another one. */
  readonly shards: readonly string[];
  /** Which of them holds which buckets. One that has just come holds none. */
  readonly map: readonly ShardRange[];
  /** Secret that the shards' passwords follow from; a reference to a sensitive variable. */
  readonly password: string;
  /** Name of the parameter that says which shard holds which bucket: `/coach/production/shard-map`. */
  readonly mapParameter: string;
}

/** A shard as others reach it. */
export interface BuiltShard {
  readonly name: string;
  readonly instance: ManagedPostgres;
  /** ARN of the secret with the owner's password. */
  readonly secretArn: string;
}

/**
 * PostgreSQL in shards that share nothing: each has its own instance, standby, key, parameters, firewall and password, so that one
 * that joins touches no other. Where a bucket lies, one parameter says; a shard without buckets does not stand in it.
 */
export class ShardedPostgres extends Construct {
  readonly shards: readonly BuiltShard[];
  readonly mapParameter: string;

  constructor(scope: Construct, id: string, { name, shards, map, password, mapParameter, ...common }: ShardedPostgresProps) {
    super(scope, id);
    this.shards = shards.map((shard) =>
      this.shard(shard, { ...common, name: `${name}-${shard}`, ownerPassword: Fn.sha256(Fn.join(' ', [shard, password])) }),
    );
    const hosts = new Map(this.shards.map((shard) => [shard.name, shard.instance.connection.host]));
    const told = map.map(({ name: shard, from, to }) => ({ shard, from, to, host: hosts.get(shard) }));
    this.mapParameter = new SsmParameter(this, 'map', {
      name: mapParameter,
      type: 'String',
      value: terraformJson(told),
      description: 'Which shard holds which buckets.',
      ...named(`${name}-map`),
    }).name;
  }

  private shard(name: string, props: ManagedPostgresProps): BuiltShard {
    const id = name.replaceAll('-', '_');
    const instance = new ManagedPostgres(this, id, props);
    const { arn } = new PasswordSecret(this, `${id}_secret`, {
      site: props.site,
      name: props.name,
      password: props.ownerPassword,
      description: `Password of the owner of ${props.name}.`,
    });
    return { name, instance, secretArn: arn };
  }
}
