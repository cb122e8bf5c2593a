/** What every component has. */
export interface ComponentBase {
  /** The component's name within its tier, kebab-case; the first part of the address of each of its resources. */
  readonly id: string;
}
