import { TerraceError } from '../../values/errors';

/** Does work whose failure says what a provider or Terraform said: of an error's own fields jest prints none. */
export async function legible<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TerraceError) || error.problems.length === 0) throw error;
    const said = error.problems.map(({ where, message }) => `${where === undefined ? '' : `${where}: `}${message}`);
    throw new Error([error.message, ...said].join('\n'), { cause: error });
  }
}
