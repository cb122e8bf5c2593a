import { TerraceError, type Problem } from '../values/errors';

/** Two constructs claim one Terraform address; CDKTF would merge them into one hybrid resource without a word. */
export function duplicateAddress(address: string, paths: readonly string[]): Problem {
  return {
    code: 'STACK_DUPLICATE_ADDRESS',
    message: `${address} is made by ${paths.length} constructs, ${paths.join(' and ')}; give one of them another id.`,
    where: paths.at(-1) ?? address,
  };
}

/** Terraform refuses such a name only when it plans. */
export function badName(name: string, path: string): Problem {
  return {
    code: 'STACK_BAD_NAME',
    message: `"${name}" is no Terraform name: it must begin with a letter or "_" and hold letters, digits, "_" and "-" only. Rename the construct.`,
    where: path,
  };
}

/** A value in the synthesized JSON is not what someone meant to write. */
export function leakedValue(path: string, given: string, why: string): Problem {
  return {
    code: 'STACK_LEAKED_VALUE',
    message: `${why}: ${given}. Pass references on unchanged; calculate with Terraform functions.`,
    where: path,
  };
}

/** Data that would lie where the environment allows none. */
export function dataElsewhere(
  { region, what, field }: { readonly region: string; readonly what: string; readonly field: string },
  allowed: readonly string[],
): Problem {
  return {
    code: 'DATA_RESIDENCY',
    message: `${what} would lie in ${region} (${field}), and residency allows ${allowed.join(', ')}. Name another region, or add ${region} to residency if data may lie there.`,
    where: field,
  };
}

/** Everything that is wrong with a stack, at once. */
export function brokenStack(stack: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError('STACK_BROKEN', `The stack ${stack} cannot be synthesized:`, problems);
}

/** The platform has no construct for some components of a tier. `builtOn` names the platforms that have each. */
export function componentsNotBuilt(
  tier: string,
  platform: string,
  missing: readonly { readonly kind: string; readonly builtOn: readonly string[] }[],
): Problem {
  const subject = missing.length === 1 ? 'component' : 'components';
  const [are, them] = missing.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const places = [...new Set(missing.map(({ builtOn }) => builtOn.join(' and ')))].filter((place) => place !== '');
  const elsewhere = places.map(
    (place) => ` Built on ${place}: ${kindsOf(missing.filter(({ builtOn }) => builtOn.join(' and ') === place))}.`,
  );
  return {
    code: 'PLATFORM_COMPONENT_MISSING',
    message: `${subject} ${kindsOf(missing)} ${are} not built on ${platform} as ${tier} has ${them}.${elsewhere.join('')}`,
    where: tier,
  };
}

function kindsOf(components: readonly { readonly kind: string }[]): string {
  return components.map(({ kind }) => kind).join(', ');
}

/** A component is placed where the platform has it, but not beside the rest of the tier. @param allowed each list is a place of its own */
export function placedElsewhere(tier: string, component: string, on: readonly string[], allowed: readonly (readonly string[])[]): Problem {
  const choices = allowed
    .map((places) => (places.length === 1 ? `${places.join('')} alone` : `${places.join(' and ')} together`))
    .join(', or ');
  return {
    code: 'PLATFORM_PLACEMENT',
    message: `${component} is placed on ${on.join(' and ')}, where it cannot stand beside the rest of ${tier}. Allowed: ${choices}. Change platform.${component}, or take it out.`,
    where: tier,
  };
}

/** A database's engine is a service of a cloud in which the environment keeps nothing of the tier. */
export function engineElsewhere(tier: string, engine: string, cloud: string, allowed: readonly string[]): Problem {
  return {
    code: 'DATABASE_ENGINE_ELSEWHERE',
    message: `database.engine is "${engine}", which stands at ${cloud}, and the environment keeps its clusters elsewhere. Allowed: ${allowed.join(', ')}. Change it, or take platform.cluster out, so that ${tier} has a cluster at ${cloud}.`,
    where: tier,
  };
}

/** The tier that the environment is at cannot be built on its platform. @param known whether environments can be at home there at all */
export function tierNotBuilt(
  environment: string,
  tier: string,
  platform: string,
  problems: readonly Problem[],
  { buildable, known }: { readonly buildable: readonly string[]; readonly known: boolean },
): TerraceError {
  const others = known ? 'No other tier can be either, until this is put right.' : `No tier is built on ${platform} yet; use digitalocean.`;
  const choice = buildable.length === 0 ? others : `Tiers that are: ${buildable.join(', ')}.`;
  return new TerraceError(
    'TIER_NOT_BUILT',
    `Environment ${environment} is at ${tier}, which cannot be built on ${platform}. ${choice}`,
    problems,
    2,
  );
}

/** A side of a promotion has components that its platform cannot build. */
export function promotionNotBuildable(environment: string, tier: string, platform: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'PROMOTION_NOT_BUILDABLE',
    `${environment} cannot be promoted, because ${tier} cannot be built for it on ${platform}:`,
    problems,
    2,
  );
}

/** Local state lies relative to the output folder, so another folder would start an empty state: a second production. */
export function localStateElsewhere(environment: string, outdir: string): TerraceError {
  return new TerraceError(
    'STATE_LOCAL_OUTDIR',
    `Environment ${environment} keeps its state locally, relative to cdktf.out, but the output folder is ${outdir}. From there Terraform would find no state and build everything a second time. ` +
      'Use cdktf.out, or keep the state in s3 or spaces.',
    [],
    2,
  );
}
