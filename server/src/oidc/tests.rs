//! A provider of our own making, which says whatever a test wants it to say, and what is believed of it.

use std::net::SocketAddr;

use axum::{Form, Router, extract::State, http::StatusCode, response::IntoResponse, routing::get};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{keys::Algorithm, *};
use crate::{clock::Clock, config::Config};

const CLIENT: &str = "countersign";
const CALLBACK: &str = "http://127.0.0.1:3000/sign-in/sso/callback";

pub(crate) fn system_seconds() -> i64 {
    Clock::System.now().micros() / 1_000_000
}

/// Somebody else's provider on this machine.
#[derive(Clone)]
pub(crate) struct Fake {
    pub(crate) address: SocketAddr,
    said: Arc<Mutex<Said>>,
    key: Arc<EcdsaKeyPair>,
}

/// What it says.
struct Said {
    description: Value,
    claims: Value,
    exchange: StatusCode,
    asked: Vec<(String, String)>,
}

impl Fake {
    pub(crate) async fn open() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let at = |path: &str| format!("http://{address}{path}");
        let description = json!({
            "issuer": at(""), "authorization_endpoint": at("/authorize?tenant=1"), "token_endpoint": at("/token"), "jwks_uri": at("/keys"),
            "authorization_response_iss_parameter_supported": true,
        });
        let said = Said { description, claims: json!({}), exchange: StatusCode::OK, asked: Vec::new() };
        let fake = Self { address, said: Arc::new(Mutex::new(said)), key: Arc::new(key) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(|State(fake): State<Self>| async move { fake.said().description.to_string() }))
            .route("/keys", get(|State(fake): State<Self>| async move { fake.keys().to_string() }))
            .route("/token", axum::routing::post(exchange))
            .with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        fake
    }

    fn said(&self) -> std::sync::MutexGuard<'_, Said> {
        self.said.lock().unwrap()
    }

    /// From now on it says this of whoever comes, and what else it must.
    pub(crate) fn says(&self, nonce: &str, claims: Value) {
        let mut whole = self.claims(nonce);
        whole.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        self.said().claims = whole;
    }

    pub(crate) fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    fn claims(&self, nonce: &str) -> Value {
        let now = system_seconds();
        json!({ "iss": self.issuer(), "sub": "ava-there", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce })
    }

    fn keys(&self) -> Value {
        let point = self.key.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "a", "use": "sig", "x": x, "y": y }, { "kty": "of tomorrow" }] })
    }

    fn token(&self, head: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(head), part(claims));
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// The provider as an operator would configure it.
    pub(crate) fn provider(&self, more: &str) -> Provider {
        let text = format!(
            "data = \"/tmp\"\n[mail]\nkind = \"log\"\nfrom = \"a@b.example\"\n[egress]\nallowed = [\"{}\"]\n[sso]\nissuer = \"{}\"\n\
             client_id = \"{CLIENT}\"\nclient_secret = \"s:ecret\"\nlabel = \"Okta\"\n{more}\n",
            self.address,
            self.issuer()
        );
        let config = Config::of(&text, |_| None).unwrap();
        Provider::new(config.single_sign_on.unwrap(), Egress::new(config.egress).unwrap(), CALLBACK.to_owned())
    }
}

async fn exchange(
    State(fake): State<Fake>,
    headers: axum::http::HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> impl IntoResponse {
    let authorization = headers.get("authorization").map_or("", |value| value.to_str().unwrap()).to_owned();
    let mut said = fake.said();
    said.asked = fields;
    said.asked.push(("authorization".to_owned(), authorization));
    let token = fake.token(&json!({ "alg": "ES256", "kid": "a" }), &said.claims);
    (said.exchange, json!({ "access_token": "unread", "token_type": "Bearer", "id_token": token }).to_string())
}

async fn vouched(fake: &Fake, provider: &Provider, question: &Question) -> Result<Vouched, OidcFault> {
    provider.vouched("the code", Some(&fake.issuer()), question, system_seconds()).await
}

#[tokio::test]
async fn a_question_names_what_its_answer_must_bring_back() {
    let fake = Fake::open().await;
    let (provider, question) = (fake.provider(""), Question::new(false).unwrap());
    let address = Url::parse(&provider.address("the state", &question).await.unwrap()).unwrap();
    let query: Vec<(String, String)> = address.query_pairs().map(|(name, value)| (name.into(), value.into())).collect();
    let of = |wanted: &str| query.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    assert_eq!((of("tenant"), of("response_type"), of("scope")), ("1", "code", "openid email"));
    assert_eq!((of("state"), of("nonce"), of("redirect_uri")), ("the state", question.nonce.as_str(), CALLBACK));
    assert_eq!((of("code_challenge"), of("code_challenge_method")), (question.challenge().as_str(), "S256"));
    assert!(!address.as_str().contains(&question.verifier) && of("prompt").is_empty());
    let anew = provider.address("the state", &Question::new(true).unwrap()).await.unwrap();
    assert!(anew.contains("prompt=login&max_age=0"), "{anew}");
}

#[tokio::test]
async fn a_code_is_exchanged_with_what_only_this_house_knows() {
    let fake = Fake::open().await;
    let (provider, question) = (fake.provider("trust_amr = true"), Question::new(false).unwrap());
    fake.says(&question.nonce, json!({ "email": "ava@there.example", "email_verified": "true", "amr": ["pwd", "otp"] }));
    let found = vouched(&fake, &provider, &question).await.unwrap();
    assert_eq!((found.subject.as_str(), found.email.as_str(), found.second_factor), ("ava-there", "ava@there.example", true));
    assert!(!found.email_is_verified, "a text is no yes");
    let asked = fake.said().asked.clone();
    let of = |wanted: &str| asked.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    assert_eq!((of("grant_type"), of("code"), of("code_verifier")), ("authorization_code", "the code", question.verifier.as_str()));
    assert_eq!(of("authorization"), format!("Basic {}", STANDARD.encode("countersign:s%3Aecret")));
    assert_eq!((of("client_id"), of("client_secret")), ("", ""), "a secret goes one way");

    fake.said().description["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
    let _ = vouched(&fake, &fake.provider(""), &question).await.unwrap();
    let asked = fake.said().asked.clone();
    assert!(
        asked.contains(&("client_secret".to_owned(), "s:ecret".to_owned())) && asked.contains(&("authorization".to_owned(), String::new()))
    );
}

#[tokio::test]
async fn an_answer_is_of_the_provider_that_was_asked() {
    let fake = Fake::open().await;
    let (provider, question) = (fake.provider(""), Question::new(false).unwrap());
    fake.says(&question.nonce, json!({}));
    for (iss, fault) in [(Some("https://evil.example"), "answer of another issuer"), (None, "answer without its issuer")] {
        assert_eq!(provider.vouched("x", iss, &question, system_seconds()).await, Err(OidcFault::Unsound(fault)));
    }
    fake.said().description["authorization_response_iss_parameter_supported"] = json!(false);
    assert!(fake.provider("").vouched("x", None, &question, system_seconds()).await.is_ok(), "who does not promise it may leave it out");
    fake.said().exchange = StatusCode::BAD_REQUEST;
    assert_eq!(vouched(&fake, &provider, &question).await, Err(OidcFault::Refused));
    fake.said().exchange = StatusCode::FOUND;
    assert_eq!(vouched(&fake, &provider, &question).await, Err(OidcFault::Unreachable), "no redirect is followed");
    fake.said().description["issuer"] = json!("http://evil.example");
    assert_eq!(fake.provider("").is_there().await, Err(OidcFault::Unsound("description of another issuer")));
    fake.said().description["issuer"] = json!(fake.issuer());
    for inside in ["http://169.254.169.254/keys", "https://127.0.0.1:1/keys"] {
        fake.said().description["jwks_uri"] = json!(inside);
        assert_eq!(fake.provider("").is_there().await, Err(OidcFault::Unsound("address")), "{inside}");
    }
}

#[tokio::test]
async fn a_token_is_believed_when_every_check_holds() {
    let fake = Fake::open().await;
    let (question, anew) = (Question::new(false).unwrap(), Question::new(true).unwrap());
    let keys: KeySet = serde_json::from_value(fake.keys()).unwrap();
    let (issuer, now) = (fake.issuer(), system_seconds());
    let head = json!({ "alg": "ES256", "kid": "a" });
    let check = |token: &str, question: &Question| {
        id_token::verified(token, &keys, &Expected { issuer: &issuer, client_id: CLIENT, question, now }).map(drop)
    };
    let with = |question: &Question, name: &str, value: Value| {
        let mut claims = fake.claims(&question.nonce);
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.to_owned(), value),
        };
        check(&fake.token(&head, &claims), question)
    };
    assert_eq!(with(&question, "auth_time", Value::Null), Ok(()));
    for (name, value, fault) in [
        ("iss", json!(format!("{issuer}/")), "issuer"),
        ("iss", json!(issuer.to_uppercase()), "issuer"),
        ("iss", Value::Null, "claims"),
        ("aud", json!("another"), "audience"),
        ("aud", json!([CLIENT, "another"]), "audience"),
        ("aud", json!([]), "audience"),
        ("azp", json!("another"), "audience"),
        ("nonce", json!("another"), "nonce"),
        ("nonce", Value::Null, "nonce"),
        ("exp", json!(now - 61), "expired"),
        ("exp", json!("tomorrow"), "claims"),
        ("exp", Value::Null, "claims"),
        ("iat", json!(now + 120), "not yet"),
        ("nbf", json!(now + 120), "not yet"),
        ("auth_time", json!(now + 120), "not yet"),
        ("sub", json!(""), "subject"),
        ("sub", json!("x".repeat(256)), "subject"),
        ("sub", json!("a\0b"), "subject"),
        ("sub", json!(7), "claims"),
    ] {
        assert_eq!(with(&question, name, value.clone()), Err(fault), "{name}: {value}");
    }
    assert_eq!(with(&question, "aud", json!([CLIENT])), Ok(()));
    assert_eq!(with(&question, "exp", json!(now - 59)), Ok(()), "clocks may be a minute apart");
    assert_eq!(with(&anew, "auth_time", json!(now)), Ok(()));
    assert_eq!(with(&anew, "auth_time", Value::Null), Err("not anew"));
    assert_eq!(with(&anew, "auth_time", json!(now - 600)), Err("not anew"));

    let claims = fake.claims(&question.nonce);
    for (head, fault) in [
        (json!({ "alg": "none" }), "algorithm"),
        (json!({ "alg": "HS256", "kid": "a" }), "algorithm"),
        (json!({ "alg": "es256", "kid": "a" }), "algorithm"),
        (json!({ "alg": "RS256", "kid": "a" }), "key"),
        (json!({ "alg": "EdDSA", "kid": "a" }), "key"),
        (json!({ "alg": "ES256", "kid": "b", "jku": "https://evil.example/keys" }), "key"),
        (json!({ "alg": "ES256", "kid": "a", "crit": ["x"] }), "critical"),
        (json!({ "kid": "a" }), "form"),
    ] {
        assert_eq!(check(&fake.token(&head, &claims), &question), Err(fault), "{head}");
    }
    assert_eq!(check(&fake.token(&json!({ "alg": "ES256" }), &claims), &question), Ok(()), "without a name the one key is meant");
    let token = fake.token(&head, &claims);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (_, payload) = signed.split_once('.').unwrap();
    let other = fake.token(&head, &json!({ "sub": "eve" }));
    let unsigned = URL_SAFE_NO_PAD.encode(json!({ "alg": "none" }).to_string());
    for (forged, fault) in [
        (format!("{}.{signature}", other.rsplit_once('.').unwrap().0), "signature"),
        (format!("{signed}."), "signature"),
        (format!("{signed}.{signature}="), "form"),
        (format!("{unsigned}.{payload}."), "algorithm"),
        (signed.to_owned(), "form"),
        (String::new(), "form"),
        ("..".to_owned(), "form"),
    ] {
        assert_eq!(check(&forged, &question), Err(fault), "{forged}");
    }
    let stranger = Fake::open().await;
    assert_eq!(check(&stranger.token(&head, &claims), &question), Err("signature"), "the same name, another key");
}

/// A key of OpenSSL, and what it made of `head.claims` by each padding.
const N: &str = "22oOUD7PImrK2DkvinPNrH4I9V8vWhRrZCc3qkFqquGoynQ4tseDUbFXvLG-p5GziGFJSz63CHrOuMebKXSWY3ou518XwVqvtBDdg0G9tkaipuRkWivjabHHKXOxKxOO7vWSni07v_V3YV39MK4rTKMdBeQkR-H4bACkpky5PmHIHmDBU0HTfO2fHICxc2qV1MSwgTq_-0YhTdY3nGqh5J5YG56UqA-Ot3ezMqENPL7-T7-Lj0WlgoOGXMqKGZx8pAlL8zAWW03DIVnMD_-j6fxXwdyO8I0_Pb-V4c4Xu_e5UDyBCec_46PuxwmT-BzdPCPkyYNvKCcrjkqViQ4wBQ";
const PKCS1: &str = "DdUPoerjQFuSSfESzT4K_JV1Qi19bAL35uhjKbLUYDEAQDG4zL-mjaKdRVxCbYA35ZxkElkw49q7O36q4GUVXwtgD0msSBxMeI7wHsWD8--dh1Uq0TD9zlJy6w66uTkpTChk___YXkMmFbF4gwP5SgoRisuQqm1Yg-mUVtyw0-gahFd2SNGcRtnEcvcN7HlYSCpU6_sLSK-_58AdpabBvdosoVb2uh8aLFE13Gu_U-EEF1cGXozgWOQKGRiETLCfZ_kuQYxx4qVvxj9kqNc6njVtKr8pLUpn3PYWXPgLYMtyrxoHAqkRKPhPfnx1nxvuC0CHfuGGqiaWL1pxYDC83g";
const PSS: &str = "0FDrT0do43ypa-QtnK44nRc-EFyN1IIl199sBcFmAYsJIGMDYpD97YgBRG4TvJ4Z8kBjtiLnfM5Yq3hLbA5J5ERPyYUOFXBwkttQZ-agLYyQ3lckldtDjzqWJYtnK7zTdwy_jUM5OSEqy3h_MJv-Rui7-GlZGjDuUyfU8yAL9QCBJt0cmiztZ-6TngIZeyJalNFM4CFZYgo60cNRZ1THuN-FGwzAaiDIrZOZjShq7NxQswawGtY3ioA90EDdVRNGM7WqqL1DsiRD4A5m0ImuC2dtLUA7QDPaSJ1bFNgmnmtVBUFa6kLbgEXnw9u-wpPZ77TFi53qTb7qF0nl_Y9S5Q";

fn keys(value: Value) -> KeySet {
    serde_json::from_value(json!({ "keys": value })).unwrap()
}

#[test]
fn rsa_signs_by_the_padding_that_is_named() {
    let set = keys(json!([{ "kty": "RSA", "kid": "r", "n": N, "e": "AQAB" }]));
    let signed =
        |algorithm, message: &[u8], signature: &str| set.signed(algorithm, Some("r"), message, &URL_SAFE_NO_PAD.decode(signature).unwrap());
    assert_eq!(signed(Algorithm::Rs256, b"head.claims", PKCS1), Ok(()));
    assert_eq!(signed(Algorithm::Ps256, b"head.claims", PSS), Ok(()));
    assert_eq!(signed(Algorithm::Rs256, b"head.claims", PSS), Err("signature"));
    assert_eq!(signed(Algorithm::Ps256, b"head.claims", PKCS1), Err("signature"));
    assert_eq!(signed(Algorithm::Rs256, b"head.claimz", PKCS1), Err("signature"));
    let padded = URL_SAFE_NO_PAD.encode([&[0][..], &URL_SAFE_NO_PAD.decode(N).unwrap()].concat());
    let set = keys(json!([{ "kty": "RSA", "n": padded, "e": "AAEAAQ" }]));
    assert_eq!(
        set.signed(Algorithm::Rs256, None, b"head.claims", &URL_SAFE_NO_PAD.decode(PKCS1).unwrap()),
        Ok(()),
        "zeros before a number"
    );
}

#[test]
fn ed25519_signs() {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let set = keys(json!([{ "kty": "OKP", "crv": "Ed25519", "kid": "e", "x": URL_SAFE_NO_PAD.encode(pair.public_key().as_ref()) }]));
    let signature = pair.sign(b"head.claims");
    assert_eq!(set.signed(Algorithm::EdDsa, Some("e"), b"head.claims", signature.as_ref()), Ok(()));
    assert_eq!(set.signed(Algorithm::EdDsa, Some("e"), b"head.claimz", signature.as_ref()), Err("signature"));
}

#[test]
fn a_key_is_for_what_it_says_and_only_one_can_be_meant() {
    let key = |more: Value| {
        let mut key = json!({ "kty": "RSA", "kid": "r", "n": N, "e": "AQAB" });
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        key
    };
    let signature = URL_SAFE_NO_PAD.decode(PKCS1).unwrap();
    let signed = |set: Value, kid: Option<&str>| keys(set).signed(Algorithm::Rs256, kid, b"head.claims", &signature);
    assert_eq!(signed(json!([key(json!({ "use": "sig", "alg": "RS256" }))]), Some("r")), Ok(()));
    assert_eq!(signed(json!([key(json!({ "use": "enc" }))]), Some("r")), Err("key"));
    assert_eq!(signed(json!([key(json!({ "alg": "PS256" }))]), Some("r")), Err("key"));
    assert_eq!(signed(json!([key(json!({}))]), Some("s")), Err("key"));
    let two = json!([key(json!({})), key(json!({ "kid": "s" }))]);
    assert_eq!(signed(two.clone(), Some("s")), Ok(()));
    assert_eq!(signed(two, None), Err("key"));
    assert_eq!(signed(json!([key(json!({})), key(json!({}))]), Some("r")), Err("key"), "two of one name are none");
    assert_eq!(signed(json!([]), None), Err("key"));
    assert_eq!(signed(json!([key(json!({ "n": "AQAB" }))]), Some("r")), Err("signature"), "a short key signs nothing");
}

#[test]
fn nothing_of_it_can_be_printed() {
    let question = Question::new(false).unwrap();
    assert_eq!(format!("{question:?}"), "Question(..)");
    let vouched = Vouched {
        issuer: "https://login.example".to_owned(),
        subject: "canary".to_owned(),
        email: "canary".to_owned(),
        email_is_verified: true,
        second_factor: false,
        shown_at: None,
    };
    assert!(!format!("{vouched:?}").contains("canary"));
}
