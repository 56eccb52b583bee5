// A real identity provider: oidc-provider, on a port of its own. It says its port first; the first line it hears is where people are sent back to.
// Who signs in is said by the cookie `who`; with `mfa` after a colon, by a second factor.

import { createServer } from "node:http";
import { createInterface } from "node:readline";

import Provider from "oidc-provider";

let provider;

const server = createServer(async (request, response) => {
  if (!provider) {
    response.writeHead(503).end();
  } else if (request.url.startsWith("/interaction/")) {
    const [who, factor] = decodeURIComponent(/(?:^|; )who=([^;]*)/.exec(request.headers.cookie)[1]).split(":");
    const login = { accountId: who, amr: factor ? ["pwd", factor] : ["pwd"] };
    await provider.interactionFinished(request, response, { login });
  } else {
    provider.callback()(request, response);
  }
});

function open(port, callback) {
  return new Provider(`http://127.0.0.1:${port}`, {
    clients: [{ client_id: "countersign", client_secret: "harbor & pine: secret", redirect_uris: [callback] }],
    claims: { openid: ["sub", "amr"], email: ["email", "email_verified"] },
    // what a client asks for by scope stands in the ID token
    conformIdTokenClaims: false,
    cookies: { keys: ["for tests"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@harborpine.example`, email_verified: true }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    // everybody agrees
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid email");
      await grant.save();
      return grant;
    },
  });
}

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  console.log(port);
  const heard = createInterface({ input: process.stdin });
  heard.once("line", (callback) => {
    provider = open(port, callback);
    console.log("open");
  });
  heard.once("close", () => process.exit(0));
});
