//! Serving: the listener, the courier, the clockwork and the local socket, until a signal ends them.

use std::{io::Write as _, net::SocketAddr, sync::Arc};

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
};

use crate::{
    cli::CommandFault, clockwork, config::Config, desk::Port, http, installation::Installation, live::Live, outbox::Worker, socket,
};

/// Serves an installation.
///
/// # Errors
/// [`CommandFault`]: why it does not begin.
pub(crate) async fn run(config: Config) -> Result<(), CommandFault> {
    let listener = TcpListener::bind(config.listen).await.map_err(CommandFault::Serve)?;
    let listening = listener.local_addr().map_err(CommandFault::Serve)?;
    let installation = Installation::open(config, listening).await?;
    let set_up = set_up_link(&installation).await?;
    on(listener, installation, set_up).await
}

/// Serves an open installation on a bound listener until SIGTERM or SIGINT. What is said on stdout is true by then: requests are answered, and
/// commands find the server.
///
/// # Errors
/// [`CommandFault`]: why it does not begin, or why it ended by itself.
pub(crate) async fn on(listener: TcpListener, installation: Installation, set_up: Option<String>) -> Result<(), CommandFault> {
    let counter = socket::bind(&installation.config).map_err(CommandFault::Serve)?;
    say(listener.local_addr().map_err(CommandFault::Serve)?, set_up.as_deref());
    let (stop, stopped) = watch::channel(false);
    let courier = installation.courier()?;
    let house = installation.house.clone();
    let worker = Worker::new(house.store.clone(), vec![house.firm().to_owned()], courier, Arc::new(house.clone()));
    let clock = Arc::clone(&house.clock);
    let mail: JoinHandle<()> = tokio::spawn({
        let stopped = stopped.clone();
        async move { worker.run(move || clock.now().micros(), stopped).await }
    });
    let due: JoinHandle<()> = tokio::spawn(clockwork::run(house.clone(), stopped.clone()));
    let noting = tokio::spawn(house.clone().keep_notes_written(stopped.clone()));
    let live = Live::new(house.clone(), stopped.clone());
    let telling = tokio::spawn(Arc::clone(&live).run());
    let sweeping = tokio::spawn(sweep(installation.clone()));
    let orders = tokio::spawn(socket::listen(counter, installation.clone()));
    let router = site(&installation, live);
    let mut ending = stopped.clone();
    let served = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(async move {
        // an error means that the sender is gone, which is the end as well
        let _ = ending.wait_for(|stop| *stop).await;
    });
    let signalled = tokio::spawn(async move {
        until_signalled().await;
        let _ = stop.send(true);
    });
    let ended = served.await.map_err(CommandFault::Serve);
    orders.abort();
    sweeping.abort();
    telling.abort();
    signalled.abort();
    let _ = tokio::join!(mail, due, noting);
    let _ = std::fs::remove_file(Installation::socket(&installation.config));
    ended
}

/// Everything that is served of an installation.
pub(crate) fn site(installation: &Installation, live: Arc<Live>) -> axum::Router {
    let house = installation.house.clone();
    let served = http::Served {
        identity: Arc::clone(&installation.identity),
        household: Arc::new(house.clone()),
        store: house.store.clone(),
        public_url: installation.public_url.clone(),
        trusted_proxies: installation.config.trusted_proxies.clone(),
    };
    let port = Arc::new(Port { house, identity: Arc::clone(&installation.identity) });
    http::router(served, live, port)
}

/// How long a form that was answered is known again.
const RECEIPT_SECONDS: i64 = 30 * 24 * 3600;

/// Removes sessions, codes, kept forms, receipts and lines of the access log that are over, every ten minutes of real time.
async fn sweep(installation: Installation) {
    let (identity, house) = (installation.identity, installation.house);
    let mut every = tokio::time::interval(std::time::Duration::from_secs(600));
    loop {
        every.tick().await;
        let before = house.now().plus_seconds(-RECEIPT_SECONDS).micros();
        // what is out of reach now is swept next time; the log has it
        let _ = identity.sweep().await;
        if let Err(fault) = house.sweep_notes().await {
            tracing::warn!(fault = fault.code(), "who looked long ago was not forgotten");
        }
        if let Err(error) = house.store.sweep_receipts(house.firm(), before).await {
            tracing::warn!(%error, "old receipts were not removed");
        }
    }
}

async fn until_signalled() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        // without signal handlers the system's own ends the process
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// An empty store gets a one-time link to set it up; there is no default account.
async fn set_up_link(installation: &Installation) -> Result<Option<String>, CommandFault> {
    match installation.identity.set_up_link(&installation.house).await {
        Ok(path) => Ok(Some(installation.house.link(&path))),
        Err(crate::identity::JoinFault::SetUpAlready) => Ok(None),
        Err(fault) => Err(CommandFault::Said(fault.to_string())),
    }
}

/// The first lines on stdout are for programs: where we listen, and the set-up link if there is one.
fn say(listening: SocketAddr, set_up: Option<&str>) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{}", serde_json::json!({ "listening": listening.to_string() }));
    if let Some(link) = set_up {
        let _ = writeln!(out, "{}", serde_json::json!({ "setup": link }));
    }
    let _ = out.flush();
}
