// A certified OpenID Connect provider for the test of the sign-in: npm's oidc-provider, from the
// folder that JARSHY_TEST_OIDC_PROVIDER names. Arguments: port, redirect URI. A user who enters a
// name and any password signs in as `name@embassy.example`, in the groups of GROUPS.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// Nobody reads what is printed after "ready": a notice there would end the process.
console.info = console.error;

const require = createRequire(`${process.env.JARSHY_TEST_OIDC_PROVIDER}/`);
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const [port, redirectUri] = process.argv.slice(2);
const GROUPS = { press: ['press', 'staff'], guest: [] };

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'jarshy', client_secret: 's3cret+&=', redirect_uris: [redirectUri] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
  scopes: ['openid', 'email', 'groups'],
  cookies: { keys: ['a key of this test'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id}@embassy.example`,
      email_verified: id !== 'unverified',
      groups: GROUPS[id] ?? ['staff'],
    }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
