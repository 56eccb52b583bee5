//! The local socket: commands that write reach the running server through it. Only the account that runs the server may open it.

use std::{io, os::unix::fs::PermissionsExt, path::Path};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
};

use crate::{
    config::Config,
    installation::Installation,
    order::{Order, Outcome, carry_out},
};

/// The longest order: an import of ten thousand rows is far below.
const ORDER_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// An order with who gives it.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Given {
    os_user: String,
    order: Order,
}

/// Makes the socket. From here on a command finds the server; until then it would open the store itself.
///
/// # Errors
/// When it cannot be made.
pub(crate) fn bind(config: &Config) -> io::Result<UnixListener> {
    let path = Installation::socket(config);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Listens until the process ends. Orders come one after another, as at a counter.
///
/// # Errors
/// When the socket goes away.
pub(crate) async fn listen(listener: UnixListener, installation: Installation) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        if let Err(error) = serve(&installation, stream).await {
            tracing::warn!(%error, "an order was not carried out");
        }
    }
}

async fn serve(installation: &Installation, stream: UnixStream) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read.take(ORDER_BYTES_MAX)).read_line(&mut line).await?;
    let given: Given = serde_json::from_str(&line)?;
    let outcome = carry_out(installation, given.order, &given.os_user).await;
    let mut answer = serde_json::to_vec(&outcome)?;
    answer.push(b'\n');
    write.write_all(&answer).await?;
    write.shutdown().await
}

/// Gives an order to the running server; nothing when none listens there.
///
/// # Errors
/// When the server goes away before it answers.
pub(crate) async fn give(path: &Path, order: &Order, os_user: &str) -> io::Result<Option<Outcome>> {
    let stream = match UnixStream::connect(path).await {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => return Ok(None),
        Err(error) => return Err(error),
    };
    let (read, mut write) = stream.into_split();
    let mut line = serde_json::to_vec(&Given { os_user: os_user.to_owned(), order: order.clone() })?;
    line.push(b'\n');
    write.write_all(&line).await?;
    let mut answer = String::new();
    BufReader::new(read).read_line(&mut answer).await?;
    Ok(Some(serde_json::from_str(&answer)?))
}
