//! `cargo xtask demo`: a fresh demo firm on this machine.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::workspace::Workspace;
use crate::{Failure, Outcome, prerequisites, process, site};

/// Builds the product, then becomes it: Ctrl-C and every other signal reach the server itself.
pub(crate) fn serve(workspace: &Workspace, listen: SocketAddr, build_only: bool) -> Outcome {
    prerequisites::for_building()?;
    site::build(workspace, site::Kind::Debug)?;
    process::run(&mut process::cargo(workspace.root(), &["build", "--bin", "countersign"]))?;
    if build_only {
        return Ok(());
    }

    TcpListener::bind(listen).map_err(|error| {
        Failure::because(format!("{listen} cannot be listened at ({error}); try `cargo xtask demo --listen 127.0.0.1:3001`"))
    })?;
    // One folder per port, so that a second demo never empties the folder of a running one.
    let folder = workspace.at("target/demo").join(listen.port().to_string());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| Failure::because(format!("{}: {error}", folder.display())))?;
    }
    let (data, mail, links) = (folder.join("data"), folder.join("mail"), folder.join("links.json"));
    for created in [&data, &mail] {
        fs::create_dir_all(created).map_err(|error| Failure::because(format!("{}: {error}", created.display())))?;
    }

    process::say(&format!("\nCountersign is getting ready at http://{listen}"));
    process::say(&format!("  who can sign in, with passwords and links:  {}", links.display()));
    process::say(&format!("  every mail it sends, as .eml files:         {}", mail.display()));
    process::say("  Ctrl-C stops it. The next start begins with a fresh firm.\n");

    let error = Command::new(workspace.countersign())
        .arg("demo")
        .args(["--listen", &listen.to_string()])
        .arg("--data")
        .arg(&data)
        .arg("--mail-dir")
        .arg(&mail)
        .arg("--links")
        .arg(&links)
        .exec();
    Err(Failure::because(format!("{}: {error}", workspace.countersign().display())))
}
