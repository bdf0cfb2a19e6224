// An OpenID Connect provider with its own login and consent pages, for the tests of single sign-on.
// Run as: node provider.mjs PORT REDIRECT_ADDRESS. Whatever address somebody signs in with is theirs;
// one that begins with "unverified" is not verified, one that begins with "unsaid" is not said to be either.
import { Provider } from 'oidc-provider';

const [port, redirectAddress] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

function claims(address) {
  const claims = { sub: `subject of ${address}`, email: address, name: address };
  if (!address.startsWith('unsaid')) claims.email_verified = !address.startsWith('unverified');
  return claims;
}

const provider = new Provider(issuer, {
  clients: [{ client_id: 'penshaw', client_secret: 'a secret of the tests', redirect_uris: [redirectAddress] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_, address) => ({ accountId: address, claims: () => claims(address) }),
  cookies: { keys: ['a key of the tests'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
});
provider.listen(port, '127.0.0.1', () => console.log('ready'));
