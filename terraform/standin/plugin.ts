import { ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { runCertificate, type RunCertificate } from './certificate';
import { controllerService } from './protocol';
import { servedProviders } from './served';
import { listen, PROVIDER_VARIABLE, standinServer } from './server';

// The provider as a program: what the file in a mirror runs. Terraform starts it, reads one line from it, and talks to it
// over TLS in which both sides show a certificate made for this run (go-plugin, protocol 1).

/** Terraform's name for "I am Terraform, and you are a plugin"; people who start the file by hand lack it. */
const COOKIE = 'TF_PLUGIN_MAGIC_COOKIE';
const CLIENT_CERTIFICATE = 'PLUGIN_CLIENT_CERT';

async function main(): Promise<void> {
  if (process.env[COOKIE] === undefined) return refuse();
  // Ctrl-C reaches the whole process group; Terraform then ends in order, and needs its provider to the last.
  process.on('SIGINT', () => undefined);
  endWithParent(process.ppid);
  const client = process.env[CLIENT_CERTIFICATE];
  const own = client === undefined ? undefined : runCertificate();
  const { name, protocol } = servedProviders.find((each) => each.name === process.env[PROVIDER_VARIABLE]) ?? servedProviders[0];
  const server = standinServer({}, name);
  server.addService(controllerService(), { Shutdown: shutdown });
  const port = await listen(server, credentials(client, own));
  process.stdout.write(`1|${protocol}|tcp|127.0.0.1:${port}|grpc|${own?.handshake ?? ''}\n`);
}

/** A Terraform that is killed outright cannot tell its plugins to end; they would wait for ever. */
function endWithParent(parent: number): void {
  setInterval(() => process.ppid === parent || process.exit(0), 2_000).unref();
}

function credentials(client: string | undefined, own: RunCertificate | undefined): ServerCredentials {
  if (client === undefined || own === undefined) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(own.key), cert_chain: Buffer.from(own.certificate) };
  return ServerCredentials.createSsl(Buffer.from(client), [pair], true);
}

function shutdown(_: ServerUnaryCall<object, object>, reply: sendUnaryData<object>): void {
  reply(null, {});
  // The answer has to leave first. Nothing is lost: an object is written before its call is answered.
  setTimeout(() => process.exit(0), 5);
}

function refuse(): void {
  process.stderr.write('This is the stand-in, a Terraform provider. Terraform starts it; it does nothing by itself.\n');
  process.exitCode = 1;
}

void main();
