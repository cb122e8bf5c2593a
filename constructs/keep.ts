/** For what holds data: Terraform refuses to destroy it, unless the environment is disposable. */
export function keep({ disposable }: { readonly disposable: boolean }): { readonly lifecycle?: { readonly preventDestroy: true } } {
  return disposable ? {} : { lifecycle: { preventDestroy: true } };
}
