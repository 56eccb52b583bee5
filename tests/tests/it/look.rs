//! Pages bring their looks along, from the one binary.

use tests::{Engine, House};

#[test]
fn the_stylesheet_that_a_page_names_is_in_the_binary_and_may_be_kept_for_ever() {
    let house = House::start(Engine::Sqlite);
    let browser = house.browser();
    for path in ["/sign-in", "/o/offer", "/nowhere"] {
        let page = browser.open(path);
        let links = page.document().all("link").filter(|link| link.attribute("rel") == Some("stylesheet"));
        let sheets: Vec<String> = links.filter_map(|link| link.attribute("href")).map(str::to_owned).collect();
        assert_eq!(sheets.len(), 1, "{path}: {sheets:?}; the binary is built by `cargo xtask`");
        for sheet in sheets {
            let answer = browser.get(&sheet);
            assert_eq!(answer.status(), 200, "{sheet}");
            assert_eq!(answer.headers("content-type"), ["text/css; charset=utf-8"], "{sheet}");
            assert!(answer.header("cache-control").is_some_and(|age| age.contains("immutable")), "{sheet}");
            assert!(answer.source().contains("@layer"), "{sheet}");
        }
    }
}

#[test]
fn a_page_runs_no_script_but_its_own_by_a_nonce_that_is_new_each_time() {
    let house = House::start(Engine::Sqlite);
    let browser = house.browser();
    let nonce_of = |path: &str| {
        let answer = browser.open(path);
        let policy = answer.header("content-security-policy").unwrap_or_default().to_owned();
        let nonce = policy.split("script-src 'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default().to_owned();
        assert!(nonce.len() >= 16, "{path}: {policy}");
        let scripts: Vec<Option<&str>> = answer.document().all("script").map(|script| script.attribute("nonce")).collect();
        assert!(!scripts.is_empty() && scripts.iter().all(|script| *script == Some(nonce.as_str())), "{path}: {scripts:?}");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        nonce
    };
    assert_ne!(nonce_of("/sign-in"), nonce_of("/sign-in"));
}
