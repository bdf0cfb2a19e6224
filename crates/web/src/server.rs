//! The server: every route, what stands before and behind them, and the worker beside them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use penshaw_operations::{Operations, Refusal};
use quick_cache::sync::Cache;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::layout::Brief;
use crate::{api, assets, pages, security, viewer};

/// What every route can reach. Cheap to clone: all clones are one.
#[derive(Clone)]
pub struct Web {
    /// Everything that a person may do.
    pub operations: Operations,
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    /// What stands on every page, by the revision that it was read at.
    pub(crate) briefs: Cache<i64, Arc<Brief>>,
    metrics: PrometheusHandle,
    /// Whether people reach it by https, so that cookies go no other way.
    pub(crate) is_secure: bool,
}

impl Web {
    /// The web application over operations.
    pub fn new(operations: Operations) -> Self {
        let is_secure = operations.settings().public_address.starts_with("https:");
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        Web { operations, inner: Arc::new(Inner { briefs: Cache::new(16), metrics, is_secure }) }
    }
}

/// Every route.
pub fn router(web: Web) -> Router {
    let pages =
        pages::routes().layer(middleware::from_fn_with_state(web.clone(), viewer::recognise)).layer(CsrfLayer::new());
    let plain = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/assets/{version}/{name}", get(assets::serve));
    Router::new()
        .merge(pages)
        .merge(plain)
        .merge(api::routes())
        .layer(middleware::from_fn(security::headers))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(observe))
        .layer(CatchPanicLayer::new())
        .with_state(web)
}

/// Serves until the process is asked to stop; what is under way is finished first.
///
/// # Errors
/// If the address cannot be listened at.
pub async fn serve(web: Web, listener: TcpListener) -> std::io::Result<()> {
    let operations = web.operations.clone();
    let worker = tokio::spawn(async move { operations.work().await });
    let app = router(web).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, app).with_graceful_shutdown(asked_to_stop()).await;
    worker.abort();
    served
}

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! { _ = interrupted => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupted.await;
}

async fn ready(State(web): State<Web>) -> Response {
    let answered = tokio::time::timeout(Duration::from_secs(2), web.operations.is_ready()).await;
    match answered {
        Ok(Ok(())) => "ready\n".into_response(),
        Ok(Err(Refusal::Store(_))) | Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
        Ok(Err(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn metrics(State(web): State<Web>) -> String {
    web.inner.metrics.render()
}

/// Counts and times requests by their route, and logs them without what was asked: no names, no addresses.
async fn observe(request: Request, next: Next) -> Response {
    let begun = std::time::Instant::now();
    let method = request.method().clone();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let took = begun.elapsed();
    tracing::info!(target: "penshaw::requests", %method, status, milliseconds = took.as_millis() as u64);
    response
}
