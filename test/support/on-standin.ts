/** What Terraform finds around it in a folder, where a stand-in plays its providers: nothing of the person's own. */
export function surroundings(directory: string, { reattach }: { readonly reattach: string }): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_REATTACH_PROVIDERS: reattach,
  };
}
