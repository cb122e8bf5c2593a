import { environmentSchema } from '../../environments/schema';

/** Every field of the file, in the order of the schema, as errors name them. */
const fields = Object.keys(environmentSchema.shape).join(', ');

/** A file that is fine. Each broken file differs from it in one place. */
export const fineFile = `name: production
roadmap: deadlock-coach
tier: tier3
platform: digitalocean
region: fra1
namePrefix: deadlock-coach
domain: app.deadlock-coach.example
app:
  image: ghcr.io/example/deadlock-coach:1.4.2
  port: 8080
  settings:
    LOG_LEVEL: info
  secrets:
    - SESSION_KEY
access:
  sshKeys: {}
  allowedCidrs: []
load:
  dailyUsers: 1000
budget:
  monthly: 900
state:
  backend: spaces
  bucket: deadlock-coach-state
  region: fra1
`;

/** A broken file, and everything that must be said about it: `line:column  message`, in the order of the file. */
export interface BrokenFile {
  readonly title: string;
  readonly text: string;
  readonly problems: readonly string[];
}

/** Files that cannot be used, from the ones that are no text to the ones with a wrong tag. */
export const brokenFiles: readonly BrokenFile[] = [
  {
    title: 'an empty file',
    text: '',
    problems: ['1:1  the file is empty. Copy one of environments/examples/ to begin with.'],
  },
  {
    title: 'a file of comments only',
    text: '# nothing yet\n',
    problems: ['1:1  the file is empty. Copy one of environments/examples/ to begin with.'],
  },
  {
    title: 'a file that holds a list',
    text: '- production\n',
    problems: ['1:1  the file holds a list. Allowed: a mapping of fields.'],
  },
  {
    title: 'a file that holds one word',
    text: 'production\n',
    problems: ['1:1  the file holds "production". Allowed: a mapping of fields.'],
  },
  {
    title: 'a name and a value without a space between them',
    text: 'name:production\n',
    problems: ['1:1  the file holds "name:production". Allowed: a mapping of fields.'],
  },
  {
    title: 'two documents',
    text: withChanges(['budget:\n', '---\nbudget:\n']),
    problems: ['20:1  this is not YAML: a second document begins here. One file holds one environment; remove one.'],
  },
  {
    title: 'a tab as indentation',
    text: withChanges(['  port: 8080', '\tport: 8080']),
    problems: [
      '10:1  this is not YAML: a tab stands where YAML wants spaces. Indent with spaces.',
      '13:1  this is not YAML: this line begins at another column than the lines it belongs to.',
    ],
  },
  {
    title: 'a quote that is never closed',
    text: withChanges(['region: fra1\nname', 'region: "fra1\nname']),
    problems: ['5:9  this is not YAML: a quote is never closed.'],
  },
  {
    title: 'a value with a colon and no quotes',
    text: withChanges(['info\n', 'level: info\n']),
    problems: [
      '12:16  this is not YAML: a second "name: value" begins inside a value. Put the value in quotes, or the second name on its own line.',
    ],
  },
  {
    title: 'lines of one mapping that begin at different columns',
    text: withChanges(['  monthly: 900', '   monthly: 900\n  yearly: 9000']),
    problems: ['22:1  this is not YAML: this line begins at another column than the lines it belongs to.'],
  },
  {
    title: 'a list that is never closed',
    text: withChanges(['allowedCidrs: []', 'allowedCidrs: [']),
    problems: ['18:1  this is not YAML: a list in brackets is not closed before this line.'],
  },
  {
    title: 'a value that begins with a reserved character',
    text: withChanges(['LOG_LEVEL: info', 'LOG_LEVEL: @info']),
    problems: ['12:16  this is not YAML: a value begins with a character that YAML reserves. Put the value in quotes.'],
  },
  {
    title: 'an escape that YAML does not know',
    text: withChanges(['LOG_LEVEL: info', 'LOG_LEVEL: "\\d"']),
    problems: [
      '12:17  this is not YAML: a backslash in double quotes begins an escape that YAML does not know. Use single quotes, or two backslashes.',
    ],
  },
  {
    title: 'a merge conflict that was committed',
    text: withChanges(['region: fra1\nname', '<<<<<<< HEAD\nregion: fra1\n=======\nregion: ams3\n>>>>>>> other\nname']),
    problems: [
      '5:1  a merge was not finished here. Choose one side and remove the marks.',
      '7:1  a merge was not finished here. Choose one side and remove the marks.',
      '9:1  a merge was not finished here. Choose one side and remove the marks.',
    ],
  },
  {
    title: 'a file that asks for YAML 1.1',
    text: withChanges(['name: production', '%YAML 1.1\n---\nname: production']),
    problems: ['1:1  the file asks for YAML 1.1. It is read as YAML 1.2; remove the line.'],
  },
  {
    title: 'a value nested five hundred levels deep',
    text: `name: ${'['.repeat(500)}${']'.repeat(500)}\n`,
    problems: ['1:26  name[0][0] is nested deeper than 20 levels.'],
  },
  {
    title: 'brackets without end',
    text: '['.repeat(60_000),
    problems: ['1:1  the values are nested too deeply to be read.'],
  },
  {
    title: 'brackets without end and a quote without end',
    text: `${'{a: '.repeat(10_000)}"`,
    problems: ['1:1  the values are nested too deeply to be read.'],
  },
  {
    title: 'more values than are read',
    text: `name: [${'1, '.repeat(12_000)}]\n`,
    problems: ['1:29999  name[9997] makes more than 10000 values. Write fewer, and fewer aliases.'],
  },
  {
    title: 'an alias bomb',
    text: withChanges([
      '    LOG_LEVEL: info\n',
      '    A: &a [x, x, x, x, x, x, x, x, x, x]\n    B: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n    C: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n    D: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n    E: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n',
    ]),
    problems: ['12:15  app.settings.D[7][0][6][1] makes more than 10000 values. Write fewer, and fewer aliases.'],
  },
  {
    title: 'an alias of itself',
    text: withChanges(['  settings:\n    LOG_LEVEL: info', '  settings: &s\n    LOG_LEVEL: *s']),
    problems: ['12:16  *s has no &s before it. A value that begins with * stands in quotes.'],
  },
  {
    title: 'an alias without an anchor, perhaps a glob without quotes',
    text: withChanges(['LOG_LEVEL: info', 'FILES: *.txt']),
    problems: ['12:12  *.txt has no &.txt before it. A value that begins with * stands in quotes.'],
  },
  {
    title: 'a merge key',
    text: withChanges(['    LOG_LEVEL: info', '    <<: {LOG_LEVEL: info}']),
    problems: ['12:5  app.settings has the merge key <<, which is not read. Write the fields out.'],
  },
  {
    title: 'a tag',
    text: withChanges(['LOG_LEVEL: info', 'LOG_LEVEL: !env LOG_LEVEL']),
    problems: ['12:21  app.settings.LOG_LEVEL has the tag "!env". Tags are not read; remove it.'],
  },
  {
    title: 'binary content by tag',
    text: withChanges(['LOG_LEVEL: info', 'LOG_LEVEL: !!binary aGVsbG8=']),
    problems: ['12:25  app.settings.LOG_LEVEL has the tag "tag:yaml.org,2002:binary". Tags are not read; remove it.'],
  },
  {
    title: 'an unknown field',
    text: withChanges(['region: fra1\nname', 'regoin: fra1\nname']),
    problems: [
      '1:1  region is missing. Add it: a region of the platform, like fra1.',
      `5:1  regoin is not a field. Allowed: ${fields}. Did you mean region?`,
    ],
  },
  {
    title: 'an unknown field that is like no other',
    text: withChanges(['region: fra1\nname', 'region: fra1\nsomething_else: 1\nname']),
    problems: [`6:1  something_else is not a field. Allowed: ${fields}. Remove it.`],
  },
  {
    title: 'an unknown field inside another',
    text: withChanges(['  port: 8080', '  ports: 8080']),
    problems: [
      '10:3  app.ports is not a field. Allowed: image, registry, port, healthPath, settings, secrets, secretsFrom. Did you mean port?',
    ],
  },
  {
    title: 'the same field twice',
    text: withChanges(['region: fra1\nname', 'region: fra1\nregion: ams3\nname']),
    problems: ['6:1  region is written twice. Remove one of the two.'],
  },
  {
    title: 'a key that is a number',
    text: withChanges(['    LOG_LEVEL: info', '    1: info']),
    problems: ['12:5  app.settings has a key that is no text: "1". Write a name, in quotes if it looks like something else.'],
  },
  {
    title: 'a key that is a list',
    text: withChanges(['    LOG_LEVEL: info', '    ? [a, b]\n    : info']),
    problems: ['12:7  app.settings has a key that is no text. Write a name, in quotes if it looks like something else.'],
  },
  {
    title: 'a key that is empty',
    text: withChanges(['    LOG_LEVEL: info', '    : info']),
    problems: ['12:5  app.settings has a key that is no text: "". Write a name, in quotes if it looks like something else.'],
  },
  {
    title: '__proto__ as a field',
    text: withChanges(['region: fra1\nname', 'region: fra1\n__proto__: {tier: tier1}\nname']),
    problems: ['6:1  the file has the key "__proto__". Remove it.'],
  },
  {
    title: 'constructor as a field',
    text: withChanges(['region: fra1\nname', 'region: fra1\nconstructor: {prototype: 1}\nname']),
    problems: [`6:1  constructor is not a field. Allowed: ${fields}. Remove it.`],
  },
  {
    title: '__proto__ as a setting',
    text: withChanges(['    LOG_LEVEL: info', '    __proto__: info']),
    problems: ['12:5  app.settings has the key "__proto__". Remove it.'],
  },
  {
    title: 'a key with terminal escapes in it',
    text: withChanges(['region: fra1\nname', 'region: fra1\n"\\e[2J\\u202Eabc": 1\nname']),
    problems: [`6:1  ["\\u001b[2J\\u202eabc"] is not a field. Allowed: ${fields}. Remove it.`],
  },
  {
    title: 'several things at once, all of them told',
    text: withChanges(
      ['tier: tier3', 'tier: tier9'],
      ['region: fra1\nname', 'region: fra9\nname'],
      ['  port: 8080', '  prot: 8080'],
      ['domain: app.deadlock-coach.example\n', ''],
      ['monthly: 900', 'monthly: -5'],
    ),
    problems: [
      '1:1  domain is missing. Add it: a domain name, like app.example.com.',
      '3:7  tier is "tier9". Allowed: one of tier1, tier2, tier3, tier4, tier5, tier6. Did you mean tier1?',
      '5:9  region is "fra9", which DigitalOcean does not have. Allowed: ams2, ams3, atl1, blr1, fra1, lon1, mem1, mkc1, nyc1, nyc2, nyc3, ric1, sfo1, sfo2, sfo3, sgp1, syd1, tor1. Did you mean fra1?',
      '9:3  app.prot is not a field. Allowed: image, registry, port, healthPath, settings, secrets, secretsFrom. Did you mean port?',
      '20:12  budget.monthly is "-5": it is below 0. Allowed: an amount above 0 with at most two decimals, like 900 or 899.50.',
    ],
  },
  {
    title: 'further regions: one that does not exist, the first again, and one twice',
    text: withChanges(['region: fra1\nname', 'region: fra1\nregions: [fra9, fra1, ams3, ams3]\nname']),
    problems: [
      '6:11  regions[0] is "fra9", which DigitalOcean does not have. Allowed: ams2, ams3, atl1, blr1, fra1, lon1, mem1, mkc1, nyc1, nyc2, nyc3, ric1, sfo1, sfo2, sfo3, sgp1, syd1, tor1. Did you mean fra1?',
      '6:17  regions[1] is "fra1", like region. Name further regions only.',
      '6:29  regions[3] is "ams3", like regions[2]. Remove one of the two.',
    ],
  },
  {
    title: 'regions that are left: one that does not exist, home, and one twice; one that regions names too is on its way',
    text: withChanges(['region: fra1\nname', 'region: fra1\nregions: [ams3]\nleavingRegions: [fra9, ams3, fra1, tor1, tor1]\nname']),
    problems: [
      '7:18  leavingRegions[0] is "fra9", which DigitalOcean does not have. Allowed: ams2, ams3, atl1, blr1, fra1, lon1, mem1, mkc1, nyc1, nyc2, nyc3, ric1, sfo1, sfo2, sfo3, sgp1, syd1, tor1. Did you mean fra1?',
      '7:30  leavingRegions[2] is "fra1", like region, where what has one place only stands. Name further regions only.',
      '7:42  leavingRegions[4] is "tor1", like leavingRegions[3]. Remove one of the two.',
    ],
  },
  {
    title: 'GPU servers: no size, and a way out that does not exist',
    text: withChanges(['budget:', 'gpu:\n  sizes: []\n  otherwise: gpu\nbudget:']),
    problems: [
      '21:10  gpu.sizes is a list. Allowed: at least one size.',
      '22:14  gpu.otherwise is "gpu". Allowed: one of refuse, cpu, api. Did you mean cpu?',
    ],
  },
  {
    title: 'a missing field',
    text: withChanges(['domain: app.deadlock-coach.example\n', '']),
    problems: ['1:1  domain is missing. Add it: a domain name, like app.example.com.'],
  },
  {
    title: 'a missing field inside another',
    text: withChanges(['  image: ghcr.io/example/deadlock-coach:1.4.2\n', '']),
    problems: ['8:1  app.image is missing. Add it: an image reference, like ghcr.io/example/app:1.4.2.'],
  },
  {
    title: "a name that is not the file's",
    text: withChanges(['name: production', 'name: staging']),
    problems: ['1:7  name is "staging", but the file is called "production". Give both the same name.'],
  },
  {
    title: 'a name with capitals',
    text: withChanges(['name: production', 'name: Production']),
    problems: [
      '1:7  name is "Production": write production. Allowed: 2 to 31 lower-case letters, digits and single hyphens, a letter first.',
    ],
  },
  {
    title: 'a name that is too long',
    text: withChanges(['name: production', 'name: production-of-the-deadlock-coach']),
    problems: [
      '1:7  name is "production-of-the-deadlock-coach": it is 32 characters long. Allowed: 2 to 31 lower-case letters, digits and single hyphens, a letter first.',
    ],
  },
  {
    title: 'a name that is a number',
    text: withChanges(['name: production', 'name: 2026']),
    problems: ['1:7  name is 2026. Allowed: 2 to 31 lower-case letters, digits and single hyphens, a letter first.'],
  },
  {
    title: 'a tier that does not exist',
    text: withChanges(['tier: tier3', 'tier: teir3']),
    problems: ['3:7  tier is "teir3". Allowed: one of tier1, tier2, tier3, tier4, tier5, tier6. Did you mean tier3?'],
  },
  {
    title: 'a tier by its number',
    text: withChanges(['tier: tier3', 'tier: 3']),
    problems: ['3:7  tier is 3. Allowed: one of tier1, tier2, tier3, tier4, tier5, tier6.'],
  },
  {
    title: 'a tier left empty',
    text: withChanges(['tier: tier3', 'tier:']),
    problems: ['3:6  tier is empty. Allowed: one of tier1, tier2, tier3, tier4, tier5, tier6.'],
  },
  {
    title: 'an unknown roadmap',
    text: withChanges(['roadmap: deadlock-coach', 'roadmap: deadlock-couch']),
    problems: ['2:10  roadmap is "deadlock-couch". Allowed: deadlock-coach. Did you mean deadlock-coach?'],
  },
  {
    title: 'an unknown platform',
    text: withChanges(['platform: digitalocean', 'platform: digital-ocean']),
    problems: [
      '4:11  platform is "digital-ocean". Allowed: one of digitalocean, aws, google, or a mapping with default. Did you mean digitalocean?',
    ],
  },
  {
    title: 'an unknown region',
    text: withChanges(['region: fra1\nname', 'region: fra9\nname']),
    problems: [
      '5:9  region is "fra9", which DigitalOcean does not have. Allowed: ams2, ams3, atl1, blr1, fra1, lon1, mem1, mkc1, nyc1, nyc2, nyc3, ric1, sfo1, sfo2, sfo3, sgp1, syd1, tor1. Did you mean fra1?',
    ],
  },
  {
    title: 'a region of another platform',
    text: withChanges(['region: fra1\nname', 'region: eu-central-1\nname']),
    problems: [
      '5:9  region is "eu-central-1", which DigitalOcean does not have. Allowed: ams2, ams3, atl1, blr1, fra1, lon1, mem1, mkc1, nyc1, nyc2, nyc3, ric1, sfo1, sfo2, sfo3, sgp1, syd1, tor1.',
    ],
  },
  {
    title: 'a region that is a list',
    text: withChanges(['region: fra1\nname', 'region: [fra1, ams3]\nname']),
    problems: ['5:9  region is a list. Allowed: a region of the platform, like fra1.'],
  },
  {
    title: 'a name prefix with an underscore',
    text: withChanges(['namePrefix: deadlock-coach', 'namePrefix: deadlock_coach']),
    problems: [
      '6:13  namePrefix is "deadlock_coach": write deadlock-coach. Allowed: 2 to 19 lower-case letters, digits and single hyphens, a letter first.',
    ],
  },
  {
    title: 'a name prefix that is too long',
    text: withChanges(['namePrefix: deadlock-coach', 'namePrefix: deadlock-coach-production']),
    problems: [
      '6:13  namePrefix is "deadlock-coach-production": it is 25 characters long. Allowed: 2 to 19 lower-case letters, digits and single hyphens, a letter first.',
    ],
  },
  {
    title: 'a name prefix that is too long with the name',
    text: withChanges(['name: production', 'name: a-name-of-thirty-one-characters']),
    problems: [
      '1:7  name is "a-name-of-thirty-one-characters", but the file is called "production". Give both the same name.',
      '6:13  namePrefix is "deadlock-coach", and with the name "a-name-of-thirty-one-characters" it is 45 characters long. Allowed: 44 together, because both begin the host names of servers, of 63 characters at most. Shorten one of the two.',
    ],
  },
  {
    title: 'a name prefix with two hyphens in a row',
    text: withChanges(['namePrefix: deadlock-coach', 'namePrefix: xn--coach']),
    problems: [
      '6:13  namePrefix is "xn--coach": write xn-coach. Allowed: 2 to 19 lower-case letters, digits and single hyphens, a letter first.',
    ],
  },
  {
    title: 'a domain with its scheme',
    text: withChanges(['domain: app.', 'domain: https://app.']),
    problems: [
      '7:9  domain is "https://app.deadlock-coach.example": leave out the scheme and write the host alone. Allowed: a domain name, like app.example.com.',
    ],
  },
  {
    title: 'a domain of one label',
    text: withChanges(['domain: app.deadlock-coach.example', 'domain: localhost']),
    problems: ['7:9  domain is "localhost": it has no dot. Allowed: a domain name, like app.example.com.'],
  },
  {
    title: 'an address instead of a domain',
    text: withChanges(['domain: app.deadlock-coach.example', 'domain: 203.0.113.7']),
    problems: [
      '7:9  domain is "203.0.113.7": it is an address, or its last label is a number. Allowed: a domain name, like app.example.com.',
    ],
  },
  {
    title: 'a domain with capitals',
    text: withChanges(['domain: app.deadlock-coach.example', 'domain: App.Example.com']),
    problems: ['7:9  domain is "App.Example.com": write it in lower case: app.example.com. Allowed: a domain name, like app.example.com.'],
  },
  {
    title: 'a domain with a wildcard',
    text: withChanges(['domain: app.deadlock-coach.example', 'domain: "*.example.com"']),
    problems: ['7:9  domain is "*.example.com": "*" is not a label of a host name. Allowed: a domain name, like app.example.com.'],
  },
  {
    title: 'an app that is a text',
    text: withChanges([
      'app:\n  image: ghcr.io/example/deadlock-coach:1.4.2\n  port: 8080\n  settings:\n    LOG_LEVEL: info\n  secrets:\n    - SESSION_KEY',
      'app: ghcr.io/example/deadlock-coach:1.4.2',
    ]),
    problems: [
      '8:6  app is "ghcr.io/example/deadlock-coach:1.4.2". Allowed: a mapping with image, registry, port, healthPath, settings, secrets, secretsFrom.',
    ],
  },
  {
    title: 'an image with capitals',
    text: withChanges(['ghcr.io/example/deadlock-coach:1.4.2', 'ghcr.io/Example/deadlock-coach:1.4.2']),
    problems: [
      '9:10  app.image is "ghcr.io/Example/deadlock-coach:1.4.2": "Example" has capitals. Allowed: an image reference, like ghcr.io/example/app:1.4.2.',
    ],
  },
  {
    title: 'an image with an empty tag',
    text: withChanges(['image: ghcr.io/example/deadlock-coach:1.4.2', 'image: "ghcr.io/example/deadlock-coach:"']),
    problems: [
      '9:10  app.image is "ghcr.io/example/deadlock-coach:": the tag after : is empty or holds other characters. Allowed: an image reference, like ghcr.io/example/app:1.4.2.',
    ],
  },
  {
    title: 'a registry with its password',
    text: withChanges([
      'coach:1.4.2\n',
      'coach:1.4.2\n  registry:\n    server: https://ghcr.io\n    username: bot\n    password: hunter2\n',
    ]),
    problems: [
      '11:13  app.registry.server is "https://ghcr.io": leave out the scheme and write the host alone. Allowed: a host name, like ghcr.io.',
      '13:5  app.registry.password is not a field. Allowed: server, username. Remove it.',
    ],
  },
  {
    title: 'an image with half a digest',
    text: withChanges(['coach:1.4.2', 'coach@sha256:abc']),
    problems: [
      '9:10  app.image is "ghcr.io/example/deadlock-coach@sha256:abc": the digest after @ is not sha256: and 64 hexadecimal digits. Allowed: an image reference, like ghcr.io/example/app:1.4.2.',
    ],
  },
  {
    title: 'a port out of range',
    text: withChanges(['port: 8080', 'port: 80800']),
    problems: ['10:9  app.port is 80800. Allowed: a whole number from 1 to 65535.'],
  },
  {
    title: 'a port with a fraction',
    text: withChanges(['port: 8080', 'port: 80.5']),
    problems: ['10:9  app.port is 80.5. Allowed: a whole number from 1 to 65535.'],
  },
  {
    title: 'a port in quotes',
    text: withChanges(['port: 8080', 'port: "8080"']),
    problems: ['10:9  app.port is "8080". Allowed: a whole number from 1 to 65535. Write it without quotes.'],
  },
  {
    title: 'a port too large for a number',
    text: withChanges(['port: 8080', 'port: 1e999']),
    problems: ['10:9  app.port is no finite number. Allowed: a whole number from 1 to 65535.'],
  },
  {
    title: 'a health path without its slash',
    text: withChanges(['  port: 8080', '  healthPath: healthz']),
    problems: [
      '10:15  app.healthPath is "healthz". Allowed: a path that begins with / and holds letters, digits, . _ ~ / - and escapes like %20 only.',
    ],
  },
  {
    title: 'a health path with a token in it',
    text: withChanges(['  port: 8080', '  healthPath: "/${path}"']),
    problems: [
      '10:15  app.healthPath is "/${path}". Allowed: a path that begins with / and holds letters, digits, . _ ~ / - and escapes like %20 only.',
    ],
  },
  {
    title: 'a setting in lower case',
    text: withChanges(['LOG_LEVEL: info', 'log_level: info']),
    problems: ['12:5  app.settings has the name "log_level": write LOG_LEVEL. Allowed: 1 to 64 capitals, digits and _, a capital first.'],
  },
  {
    title: 'a setting without a value',
    text: withChanges(['LOG_LEVEL: info', 'LOG_LEVEL:']),
    problems: ['12:15  app.settings.LOG_LEVEL is empty. Allowed: a text, a number or a boolean; write "" for an empty one.'],
  },
  {
    title: 'a setting that is a list',
    text: withChanges(['LOG_LEVEL: info', 'LOG_LEVEL: [info]']),
    problems: ['12:16  app.settings.LOG_LEVEL is a list. Allowed: a text, a number or a boolean; write "" for an empty one.'],
  },
  {
    title: 'a setting with a control character',
    text: withChanges(['LOG_LEVEL: info', 'LOG_LEVEL: "a\\0b"']),
    problems: [
      '12:16  app.settings.LOG_LEVEL is "a\\u0000b": it holds a control character other than tab and line end. Allowed: a text, a number or a boolean; write "" for an empty one.',
    ],
  },
  {
    title: 'a setting with half of a character',
    text: withChanges(['LOG_LEVEL: info', 'LOG_LEVEL: "\\ud800"']),
    problems: [
      '12:16  app.settings.LOG_LEVEL is "\\ud800": it holds half of a character (a lone surrogate). Allowed: a text, a number or a boolean; write "" for an empty one.',
    ],
  },
  {
    title: 'a setting that Terrace gives',
    text: withChanges(['LOG_LEVEL: info', 'DATABASE_URL: postgres://localhost']),
    problems: [
      '12:5  app.settings has the name DATABASE_URL, which Terrace itself gives to the app: where the database answers. Take another name.',
    ],
  },
  {
    title: 'a setting in the namespace of Terrace',
    text: withChanges(['LOG_LEVEL: info', 'TERRACE_SLOT: 1']),
    problems: [
      '12:5  app.settings has the name TERRACE_SLOT, which Terrace itself gives to the app: names that begin with TERRACE_ are its own. Take another name.',
    ],
  },
  {
    title: 'settings in the form of a list',
    text: withChanges(['  settings:\n    LOG_LEVEL: info', '  settings:\n    - LOG_LEVEL=info']),
    problems: ['12:5  app.settings is a list. Allowed: a mapping from a name to a value.'],
  },
  {
    title: 'a secret that Terrace gives',
    text: withChanges(['- SESSION_KEY', '- REDIS_URL']),
    problems: [
      '14:7  app.secrets has the name REDIS_URL, which Terrace itself gives to the app: where the cache answers. Take another name.',
    ],
  },
  {
    title: 'a secret with its value',
    text: withChanges(['- SESSION_KEY', '- SESSION_KEY: hunter2']),
    problems: ['14:7  app.secrets[0] is a mapping. Allowed: 1 to 64 capitals, digits and _, a capital first.'],
  },
  {
    title: 'a secret that is also a setting',
    text: withChanges(['- SESSION_KEY', '- LOG_LEVEL']),
    problems: [
      '14:7  app.secrets[0] is "LOG_LEVEL", which app.settings sets too. Remove one of the two; if its value is secret, also change the value.',
    ],
  },
  {
    title: 'a secret twice',
    text: withChanges(['    - SESSION_KEY', '    - SESSION_KEY\n    - SESSION_KEY']),
    problems: ['15:7  app.secrets[1] is "SESSION_KEY", like app.secrets[0]. Remove one of the two.'],
  },
  {
    title: 'a key for a person with a space in the name',
    text: withChanges([
      'sshKeys: {}',
      'sshKeys:\n    Ada Lovelace: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH',
    ]),
    problems: [
      '17:5  access.sshKeys has the name "Ada Lovelace": write ada-lovelace. Allowed: 1 to 32 lower-case letters, digits and single hyphens, a letter first.',
    ],
  },
  {
    title: 'a private key without its armour',
    text: withChanges(['sshKeys: {}', 'sshKeys:\n    ada: b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ']),
    problems: [
      '17:10  access.sshKeys.ada is a private key: never write one here; take the .pub file, and replace this key, which has been copied. Allowed: the line of a .pub file: a type such as ssh-ed25519, the key in base64, a comment.',
    ],
  },
  {
    title: 'an RSA key that is too short',
    text: withChanges([
      'sshKeys: {}',
      'sshKeys:\n    ada: ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQCHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHhw==',
    ]),
    problems: [
      '17:10  access.sshKeys.ada is "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQCHh4eHh4eHh4eHh4eHh4eH...": it is an RSA key of 1024 bits; 2048 are the least. Allowed: the line of a .pub file: a type such as ssh-ed25519, the key in base64, a comment.',
    ],
  },
  {
    title: 'a DSA key',
    text: withChanges(['sshKeys: {}', 'sshKeys:\n    ada: ssh-dss AAAAB3NzaC1kc3MAAACBAPY8ZOHY2yFSJA6XYC9HRwNHxaehvx5wOJ0rzZdzoSOXxbET']),
    problems: [
      '17:10  access.sshKeys.ada is "ssh-dss AAAAB3NzaC1kc3MAAACBAPY8ZOHY2yFSJA6XYC9HRwNHxaehvx5w...": it does not begin with one of ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384, ecdsa-sha2-nistp521, sk-ssh-ed25519@openssh.com, sk-ecdsa-sha2-nistp256@openssh.com, ssh-rsa. Allowed: the line of a .pub file: a type such as ssh-ed25519, the key in base64, a comment.',
    ],
  },
  {
    title: 'a private key',
    text: withChanges([
      'sshKeys: {}',
      'sshKeys:\n    ada: |\n      -----BEGIN OPENSSH PRIVATE KEY-----\n      b3BlbnNzaC1rZXktdjEA\n      -----END OPENSSH PRIVATE KEY-----',
    ]),
    problems: [
      '17:10  access.sshKeys.ada is a private key: never write one here; take the .pub file, and replace this key, which has been copied. Allowed: the line of a .pub file: a type such as ssh-ed25519, the key in base64, a comment.',
    ],
  },
  {
    title: 'a key that was cut off',
    text: withChanges(['sshKeys: {}', 'sshKeys:\n    ada: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH']),
    problems: [
      '17:10  access.sshKeys.ada is "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcH...": the text after the type is not a whole key in base64. Allowed: the line of a .pub file: a type such as ssh-ed25519, the key in base64, a comment.',
    ],
  },
  {
    title: 'a key of another type than it says',
    text: withChanges(['sshKeys: {}', 'sshKeys:\n    ada: ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH']),
    problems: [
      '17:10  access.sshKeys.ada is "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcH...": the text after the type is another type of key than "ssh-rsa". Allowed: the line of a .pub file: a type such as ssh-ed25519, the key in base64, a comment.',
    ],
  },
  {
    title: 'a key with options before it',
    text: withChanges([
      'sshKeys: {}',
      'sshKeys:\n    ada: \'command="id" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH\'',
    ]),
    problems: [
      '17:10  access.sshKeys.ada is "command=\\"id\\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwc...": it does not begin with one of ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384, ecdsa-sha2-nistp521, sk-ssh-ed25519@openssh.com, sk-ecdsa-sha2-nistp256@openssh.com, ssh-rsa. Allowed: the line of a .pub file: a type such as ssh-ed25519, the key in base64, a comment.',
    ],
  },
  {
    title: 'one key for two people',
    text: withChanges([
      'sshKeys: {}',
      'sshKeys:\n    ada: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH ada@example\n    ben: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH ben@example',
    ]),
    problems: ['18:10  access.sshKeys.ben is the same key as access.sshKeys.ada. Remove one of the two.'],
  },
  {
    title: 'SSH open to the world',
    text: withChanges(['allowedCidrs: []', 'allowedCidrs: [0.0.0.0/0, "::/0"]']),
    problems: [
      '17:18  access.allowedCidrs[0] is "0.0.0.0/0": it opens SSH to the whole internet. Allowed: an IPv4 or IPv6 range in its shortest form, at least /8 or /16 long, like 203.0.113.7/32.',
      '17:29  access.allowedCidrs[1] is "::/0": it opens SSH to the whole internet. Allowed: an IPv4 or IPv6 range in its shortest form, at least /8 or /16 long, like 203.0.113.7/32.',
    ],
  },
  {
    title: 'SSH open to half of the world',
    text: withChanges(['allowedCidrs: []', 'allowedCidrs: [0.0.0.0/1]']),
    problems: [
      '17:18  access.allowedCidrs[0] is "0.0.0.0/1": it is wider than /8, nearly the whole internet. Allowed: an IPv4 or IPv6 range in its shortest form, at least /8 or /16 long, like 203.0.113.7/32.',
    ],
  },
  {
    title: 'an address without a prefix length',
    text: withChanges(['allowedCidrs: []', 'allowedCidrs: [203.0.113.7]']),
    problems: [
      '17:18  access.allowedCidrs[0] is "203.0.113.7": it has no prefix length; one address is written with /32 (IPv4) or /128 (IPv6). Allowed: an IPv4 or IPv6 range in its shortest form, at least /8 or /16 long, like 203.0.113.7/32.',
    ],
  },
  {
    title: 'a range with bits beyond its prefix',
    text: withChanges(['allowedCidrs: []', 'allowedCidrs: [203.0.113.7/24]']),
    problems: [
      '17:18  access.allowedCidrs[0] is "203.0.113.7/24": write it as 203.0.113.0/24. Allowed: an IPv4 or IPv6 range in its shortest form, at least /8 or /16 long, like 203.0.113.7/32.',
    ],
  },
  {
    title: 'a range that is not in its shortest form',
    text: withChanges(['allowedCidrs: []', 'allowedCidrs: ["2001:DB8:0:0::/32"]']),
    problems: [
      '17:18  access.allowedCidrs[0] is "2001:DB8:0:0::/32": write it as 2001:db8::/32. Allowed: an IPv4 or IPv6 range in its shortest form, at least /8 or /16 long, like 203.0.113.7/32.',
    ],
  },
  {
    title: 'a range with an impossible byte',
    text: withChanges(['allowedCidrs: []', 'allowedCidrs: [203.0.113.256/32]']),
    problems: [
      '17:18  access.allowedCidrs[0] is "203.0.113.256/32": it is no IPv4 or IPv6 range. Allowed: an IPv4 or IPv6 range in its shortest form, at least /8 or /16 long, like 203.0.113.7/32.',
    ],
  },
  {
    title: 'a range twice',
    text: withChanges(['allowedCidrs: []', 'allowedCidrs: [203.0.113.7/32, 203.0.113.7/32]']),
    problems: ['17:34  access.allowedCidrs[1] is "203.0.113.7/32", like access.allowedCidrs[0]. Remove one of the two.'],
  },
  {
    title: 'a port left to the shell',
    text: withChanges(['port: 8080', 'port: ${PORT}']),
    problems: ['10:9  app.port is "${PORT}". Allowed: a whole number from 1 to 65535.'],
  },
  {
    title: 'no users',
    text: withChanges(['dailyUsers: 1000', 'dailyUsers: 0']),
    problems: ['19:15  load.dailyUsers is 0. Allowed: a whole number from 1 to 1000000000.'],
  },
  {
    title: 'users in words',
    text: withChanges(['dailyUsers: 1000', 'dailyUsers: 1k']),
    problems: ['19:15  load.dailyUsers is "1k". Allowed: a whole number from 1 to 1000000000.'],
  },
  {
    title: 'more users than a number holds',
    text: withChanges(['dailyUsers: 1000', 'dailyUsers: 99999999999999999999']),
    problems: ['19:15  load.dailyUsers is 100000000000000000000. Allowed: a whole number from 1 to 1000000000.'],
  },
  {
    title: 'a share in percent',
    text: withChanges(['dailyUsers: 1000', 'dailyUsers: 1000\n  concurrentShare: 5']),
    problems: ['20:20  load.concurrentShare is 5. Allowed: a number from 0 to 1.'],
  },
  {
    title: 'a load that is not a number',
    text: withChanges(['dailyUsers: 1000', 'dailyUsers: .nan']),
    problems: ['19:15  load.dailyUsers is no finite number. Allowed: a whole number from 1 to 1000000000.'],
  },
  {
    title: 'a budget with its currency',
    text: withChanges(['monthly: 900', 'monthly: $900']),
    problems: [
      '21:12  budget.monthly is "$900": write digits and a point only. Allowed: an amount above 0 with at most two decimals, like 900 or 899.50.',
    ],
  },
  {
    title: 'a budget of nothing',
    text: withChanges(['monthly: 900', 'monthly: 0.00']),
    problems: ['21:12  budget.monthly is "0.00": it is 0. Allowed: an amount above 0 with at most two decimals, like 900 or 899.50.'],
  },
  {
    title: 'a budget with three decimals',
    text: withChanges(['monthly: 900', 'monthly: 899.999']),
    problems: [
      '21:12  budget.monthly is "899.999": it has no decimals after the point, or more than two. Allowed: an amount above 0 with at most two decimals, like 900 or 899.50.',
    ],
  },
  {
    title: 'a budget that is empty',
    text: withChanges(['budget:\n  monthly: 900', 'budget:']),
    problems: ['20:8  budget is empty. Allowed: a mapping with monthly.'],
  },
  {
    title: 'an e-mail address without a host',
    text: withChanges(['budget:\n', 'alerts:\n  emails: [ops]\nbudget:\n']),
    problems: ['21:12  alerts.emails[0] is "ops". Allowed: an e-mail address, like ops@example.com.'],
  },
  {
    title: 'an unknown backend',
    text: withChanges(['backend: spaces', 'backend: space']),
    problems: ['23:12  state.backend is "space". Allowed: one of local, s3, spaces. Did you mean spaces?'],
  },
  {
    title: 'a state without a backend',
    text: withChanges(['  backend: spaces\n', '']),
    problems: ['22:1  state.backend is missing. Add it: one of local, s3, spaces.'],
  },
  {
    title: 'a state that is a text',
    text: withChanges(['state:\n  backend: spaces\n  bucket: deadlock-coach-state\n  region: fra1\n', 'state: local\n']),
    problems: ['22:8  state is "local". Allowed: a mapping with backend: local, s3 or spaces.'],
  },
  {
    title: 'a state in a region without Spaces',
    text: withChanges(['coach-state\n  region: fra1', 'coach-state\n  region: nyc1']),
    problems: [
      '25:11  state.region is "nyc1". Allowed: one of ams3, atl1, blr1, fra1, lon1, nyc3, sfo2, sfo3, sgp1, syd1, tor1. Did you mean nyc3?',
    ],
  },
  {
    title: 'a local state with the fields of another backend',
    text: withChanges(['backend: spaces', 'backend: local']),
    problems: [
      '24:3  state.bucket is not a field. Allowed: backend, path. Remove it.',
      '25:3  state.region is not a field. Allowed: backend, path. Remove it.',
    ],
  },
  {
    title: 'a local state outside the project',
    text: withChanges([
      '  backend: spaces\n  bucket: deadlock-coach-state\n  region: fra1\n',
      '  backend: local\n  path: ../production.tfstate\n',
    ]),
    problems: [
      '24:9  state.path is "../production.tfstate": it leaves the project. Allowed: a relative path of letters, digits and . _ - / that ends in <name>.tfstate.',
    ],
  },
  {
    title: 'a local state at an absolute path',
    text: withChanges([
      '  backend: spaces\n  bucket: deadlock-coach-state\n  region: fra1\n',
      '  backend: local\n  path: /var/lib/production.tfstate\n',
    ]),
    problems: [
      '24:9  state.path is "/var/lib/production.tfstate": it is absolute. Allowed: a relative path of letters, digits and . _ - / that ends in <name>.tfstate.',
    ],
  },
  {
    title: 'a local state where tools tidy up',
    text: withChanges([
      '  backend: spaces\n  bucket: deadlock-coach-state\n  region: fra1\n',
      '  backend: local\n  path: cdktf.out/production.tfstate\n',
    ]),
    problems: [
      '24:9  state.path is "cdktf.out/production.tfstate": cdktf.out/ is thrown away by tools, and the state with it. Allowed: a relative path of letters, digits and . _ - / that ends in <name>.tfstate.',
    ],
  },
  {
    title: 'a state of another environment',
    text: withChanges(['coach-state\n  region: fra1\n', 'coach-state\n  region: fra1\n  key: staging.tfstate\n']),
    problems: [
      '26:8  state.key is "staging.tfstate". Allowed: a path that ends in production.tfstate, so that no other environment shares the state. Leave the line out for the default.',
    ],
  },
  {
    title: "a name that is the name of another environment's layer of a later generation",
    text: withChanges(['name: production\n', 'name: production-google-g2\n']),
    problems: [
      '1:7  name is "production-google-g2". Allowed: a name that does not end in -workloads or -google, with or without a generation like -g2: the state of another environment\'s layer is called so.',
    ],
  },
  {
    title: "a name that is the name of another environment's layer",
    text: withChanges(['name: production\n', 'name: production-workloads\n']),
    problems: [
      '1:7  name is "production-workloads". Allowed: a name that does not end in -workloads or -google, with or without a generation like -g2: the state of another environment\'s layer is called so.',
    ],
  },
  {
    title: 'a bucket with capitals',
    text: withChanges(['bucket: deadlock-coach-state', 'bucket: Deadlock-State']),
    problems: [
      '24:11  state.bucket is "Deadlock-State". Allowed: 3 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends.',
    ],
  },
  {
    title: 'a generation of zero',
    text: withMore('generations:\n  database: 0\n'),
    problems: ['27:13  generations.database is 0. Allowed: a whole number from 1 to 999.'],
  },
  {
    title: 'no key of the channel',
    text: withMore('channelKeys: []\n'),
    problems: ['26:14  channelKeys is []. Allowed: one number, or while keys rotate two that follow each other, like [1, 2].'],
  },
  {
    title: 'a rotation that leaves out a key',
    text: withMore('channelKeys: [1, 3]\n'),
    problems: ['26:14  channelKeys is [1, 3]. Allowed: one number, or while keys rotate two that follow each other, like [1, 2].'],
  },
  {
    title: 'disposable with yes',
    text: withMore('disposable: true\n'),
    problems: ["26:13  disposable is true. Allowed: the environment's own name."],
  },
  {
    title: "disposable with another environment's name",
    text: withMore('disposable: staging\n'),
    problems: ['26:13  disposable is "staging". Allowed: the environment\'s own name, production. Leave the line out if its data matters.'],
  },
  {
    title: 'a tag that Terrace sets',
    text: withMore('tags:\n  tier: three\n'),
    problems: ['27:3  tags.tier is set by Terrace itself. Take another name.'],
  },
  {
    title: 'a tag with a space',
    text: withMore('tags:\n  team: the coaches\n'),
    problems: [
      '27:9  tags.team is "the coaches": it is empty, too long or holds other characters. Allowed: 1 to 191 letters, digits and _ : -.',
    ],
  },
];

function withChanges(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the fine file has no ${JSON.stringify(from)}`);
    return text.replace(from, () => to);
  }, fineFile);
}

function withMore(lines: string): string {
  return `${fineFile}${lines}`;
}
