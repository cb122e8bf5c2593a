/** Whether a text is a private key, by its armour or by the first bytes of OpenSSH's form (`openssh-key-v1` in base64). */
export function looksPrivate(text: string): boolean {
  return /PRIVATE KEY|b3BlbnNzaC1rZXktdjE/.test(text);
}
