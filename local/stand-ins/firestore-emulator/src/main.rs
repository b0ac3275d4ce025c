//! A Firestore emulator for one machine: hidane, which by itself lets pages of every site read and write what it holds, as the
//! official emulator does. It takes the official emulator's flags, since firebase-tools starts it with them. Queries are served by
//! the indexes of the firestore.indexes.json beside the rules, where there is one; none is refused for the lack of an index.

mod cut;
mod indexed_store;
mod indexes;
mod plan;
mod planned;

use std::{error::Error, net::IpAddr, process::ExitCode, sync::Arc};

use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, StatusCode, Uri, header, uri::Authority},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use clap::Parser;
use hidane::{Admin, cli::Cli};
use indexed_store::IndexedStore;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(2);
        }
    };
    match serve(cli).await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("ERROR: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Resolves with the exit code once it was told to stop.
async fn serve(cli: Cli) -> Result<u8, Box<dyn Error>> {
    for warning in cli.validate()? {
        eprintln!("WARNING: {warning}");
    }
    let seed = cli.seed().map(hidane::export::read).transpose()?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let listeners = hidane::bind(&cli.host, cli.port).await?;

    let indexes = Arc::new(indexes::beside(cli.rules.as_deref())?);
    let mut admin = Admin::new(Arc::new(IndexedStore::new(Arc::clone(&indexes))));
    if let Some(documents) = seed {
        admin = admin.with_seed(documents);
    }
    if let (true, Some(project)) = (cli.single_project_mode, cli.project_id.as_deref()) {
        admin = admin.with_single_project(project, cli.single_project_mode_error);
    }
    if let Some(path) = cli.rules.as_deref() {
        let (lines, rules) = hidane::rules::load(path);
        for line in lines {
            eprintln!("{line}");
        }
        if let Some((content, rules)) = rules {
            admin.rules().set_default(path, content, rules);
        }
    }
    admin.triggers().set_functions_emulator(cli.functions_emulator);

    let (told, code) = tokio::sync::oneshot::channel();
    let requested = admin.clone();
    let stop = async move {
        let _ = told.send(tokio::select! {
            _ = interrupt.recv() => 130,
            _ = terminate.recv() => 143,
            () = requested.shutdown_requested() => 0,
        });
    };
    println!("Cloud Firestore on {}:{}", cli.host, cli.port);
    let grpc = hidane::grpc_routes(&admin).layer(from_fn_with_state(indexes, planned::plan_queries));
    hidane::serve(listeners, own_pages(grpc), own_pages(hidane::http_routes(admin)), stop).await?;
    Ok(code.await.unwrap_or(0))
}

/// Answers programs, which send no Origin, and pages of this machine. Others could read and write health data here while somebody
/// looks at them in a browser; those that lead a name of their own to this address show it in Host.
fn own_pages(routes: Router) -> Router {
    routes.layer(from_fn(async |request: Request, next: Next| -> Response {
        if is_own_page(request.uri(), request.headers()) {
            return next.run(request).await;
        }
        let refusal = "Only programs and pages of this machine are answered.\n";
        (StatusCode::FORBIDDEN, refusal).into_response()
    }))
}

/// Over HTTP/2 the address stands in the request line, over HTTP/1 in Host.
fn is_own_page(uri: &Uri, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let reached = uri.authority().map(Authority::as_str).or_else(|| text(header::HOST));
    let origin = text(header::ORIGIN).map(|origin| origin.split_once("://").unwrap_or_default().1);
    [reached, origin].into_iter().flatten().all(is_here)
}

fn is_here(address: &str) -> bool {
    let Ok(authority) = address.parse::<Authority>() else {
        return false;
    };
    let name = authority.host().trim_matches(['[', ']']);
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
