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
  /** Secret that the shards' passwords follow from; a reference to a sensitive variable. */
  readonly password: string;
}

export interface ShardMapProps {
  /** Name of the parameter that says which shard holds which bucket: `/coach/production/shard-map`. */
  readonly parameter: string;
  /** Which of them holds which buckets. One that has just come holds none. */
  readonly map: readonly ShardRange[];
  /** Where the copy of each answers, by the shard's name; the shard itself where it has none. */
  readonly replicas: ReadonlyMap<string, string>;
  /** Whether it may be longer than the 4 KB of a standard parameter; an advanced one costs $0.05 a month and never becomes a standard one again. */
  readonly long: boolean;
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
  private readonly name: string;

  constructor(scope: Construct, id: string, { name, shards, password, ...common }: ShardedPostgresProps) {
    super(scope, id);
    this.shards = shards.map((shard) =>
      this.shard(shard, { ...common, name: `${name}-${shard}`, ownerPassword: Fn.sha256(Fn.join(' ', [shard, password])) }),
    );
    this.name = name;
  }

  /** Says where each bucket lies, once the copies are known too. */
  publish({ parameter, map, replicas, long }: ShardMapProps): void {
    const hosts = new Map(this.shards.map(({ name, instance }) => [name, instance.connection.host]));
    const told = map.map(({ name, from, to }) => ({ shard: name, from, to, host: hosts.get(name), replica: replicas.get(name) }));
    new SsmParameter(this, 'map', {
      name: parameter,
      type: 'String',
      // Not left to AWS ('Intelligent-Tiering'), so that the estimate knows which it is.
      ...(long ? { tier: 'Advanced' } : {}),
      value: terraformJson(told),
      description: 'Which shard holds which buckets.',
      ...named(`${this.name}-map`),
    });
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
